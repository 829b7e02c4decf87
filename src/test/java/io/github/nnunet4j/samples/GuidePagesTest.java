package io.github.nnunet4j.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The code on the guide pages is that of the samples, and what stands below it is what the samples
 * answer. A page says {@code <pre title="Sample.method">} where code goes, and {@code <table
 * title="NAME">} where answers go.
 */
class GuidePagesTest {
  private static final Path PAGES = Path.of("javadoc/doc-files");
  private static final Path WANTED = Path.of("target/guide");
  private static final Pattern CODE = Pattern.compile("<pre title=\"([\\w.]+)\">[^<]*</pre>");
  private static final Pattern TABLE =
      Pattern.compile("<table title=\"([\\w ]+)\">.*?</table>", Pattern.DOTALL);

  /** The page with its code and answers as they are now. */
  private static String filled(String page) throws IOException {
    StringBuilder out = new StringBuilder();
    Matcher code = CODE.matcher(page);
    while (code.find()) {
      String text = "<pre title=\"" + code.group(1) + "\">" + escape(GuideCode.of(code.group(1)));
      code.appendReplacement(out, Matcher.quoteReplacement(text + "</pre>"));
    }
    code.appendTail(out);
    Matcher table = TABLE.matcher(out.toString());
    StringBuilder whole = new StringBuilder();
    while (table.find()) {
      String rows =
          GuideAnswers.of(table.group(1)).entrySet().stream()
              .map(
                  row ->
                      "      <tr><td>%s</td><td>%s</td></tr>\n"
                          .formatted(escape(row.getKey()), escape(row.getValue())))
              .collect(Collectors.joining());
      table.appendReplacement(
          whole,
          Matcher.quoteReplacement(
              "<table title=\"" + table.group(1) + "\">\n" + rows + "    </table>"));
    }
    return table.appendTail(whole).toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "editing-a-plan.html",
        "network-of-your-own.html",
        "planners-of-your-own.html",
        "preprocessing-of-your-own.html"
      })
  void thePageStandsAsTheSamplesAreCompiled(String name) throws IOException {
    String page = Files.readString(PAGES.resolve(name));
    String wanted = filled(page);
    if (!wanted.equals(page)) {
      Files.createDirectories(WANTED);
      Files.writeString(WANTED.resolve(name), wanted);
    }
    assertThat(page)
        .as("the samples have changed; look at %s, then copy it over %s", WANTED, PAGES)
        .isEqualTo(wanted);
    assertThat(Files.readString(Path.of("javadoc/overview.html"))).contains("doc-files/" + name);
  }

  @Test
  void pagesAreFilledFromSamplesAndAnswers() throws IOException {
    String page = "<pre title=\"OwnLoss\">old</pre>";
    assertThat(filled(page)).contains("record OwnLoss").doesNotContain("old");
    Map<String, String> rows = new LinkedHashMap<>(GuideAnswers.of("mistakes"));
    assertThat(rows).isNotEmpty();
  }
}
