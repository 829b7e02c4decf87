package io.github.nnunet4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.error.PlanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonViewTest {
  @Test
  void readsValuesByPath() throws IOException {
    JsonView root = view("{\"a\":{\"b\":[1,2.5,\"x\",true,NaN]},\"n\":null}");
    var list = root.get("a").get("b").list();
    assertThat(list.get(0).integer()).isEqualTo(1);
    assertThat(list.get(1).number()).isEqualTo(2.5);
    assertThat(list.get(2).text()).isEqualTo("x");
    assertThat(list.get(3).bool()).isTrue();
    assertThat(list.get(4).number()).isNaN();
    assertThat(root.find("n")).isEmpty();
    assertThat(root.find("a")).isPresent();
    assertThat(root.keys()).containsExactly("a", "n");
    assertThat(root.entries().get("a").isObject()).isTrue();
    assertThat(root.get("a").get("b").isArray()).isTrue();
  }

  @Test
  void complaintsNameFilePathExpectedAndFound() throws IOException {
    JsonView root = view("{\"a\":{\"b\":[1,\"two\"]}}");
    assertThatThrownBy(() -> root.get("a").get("b").list(JsonView::integer))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("plans.json $.a.b[1]")
        .hasMessageContaining("expected a whole number, found \"two\"");
    assertThatThrownBy(() -> root.get("a").get("c")).hasMessageContaining("keys [b]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "\"t\"", "1.5", "true", "99999999999", "{}"})
  void aWrongTypeIsRefusedByEveryOtherGetter(String json) throws IOException {
    JsonView view = view(json);
    assertThatThrownBy(view::integer).isInstanceOf(PlanException.class);
    if (!json.equals("{}")) {
      assertThatThrownBy(view::entries).isInstanceOf(PlanException.class);
    }
    if (!json.startsWith("[")) {
      assertThatThrownBy(view::list).isInstanceOf(PlanException.class);
    }
    if (!json.startsWith("\"")) {
      assertThatThrownBy(view::text).isInstanceOf(PlanException.class);
    }
    if (!json.equals("true")) {
      assertThatThrownBy(view::bool).isInstanceOf(PlanException.class);
    }
    if (!Character.isDigit(json.charAt(0))) {
      assertThatThrownBy(view::number).isInstanceOf(PlanException.class);
    }
  }

  @Test
  void malformedFilesAreNamedWithTheLine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("plans.json");
    Files.writeString(file, "{\n \"a\": 1,\n \"a\" 2}");
    assertThatThrownBy(() -> Json.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("plans.json")
        .hasMessageContaining("line 3");
  }

  @Test
  void writesAndReadsNotANumberAsPythonDoes(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("x.json");
    Json.write(file, Json.object().put("v", Double.NaN).put("i", Double.POSITIVE_INFINITY));
    assertThat(Files.readString(file)).contains("\"v\": NaN").contains("Infinity");
    assertThat(Json.read(file).get("v").doubleValue()).isNaN();
    assertThat(Json.line(Json.array().add(1))).isEqualTo("[1]");
  }

  private static JsonView view(String json) throws IOException {
    return JsonView.root(Json.parse(json), "plans.json", PlanException::new);
  }
}
