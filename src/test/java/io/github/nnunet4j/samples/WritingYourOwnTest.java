package io.github.nnunet4j.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.GuidePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guide page on strategies of one's own shows what is compiled, all of it. */
class WritingYourOwnTest {
  private static final GuidePage PAGE =
      new GuidePage(Path.of("javadoc/doc-files/writing-your-own.html"));
  private static final Path SAMPLES = Path.of("samples/java/io/github/nnunet4j/samples");
  private static final Path TESTS = Path.of("src/test/java/io/github/nnunet4j/samples");
  private static final Path LAWS = Path.of("src/test/java/io/github/nnunet4j/laws");

  private static List<Path> files(Path folder, String begin, String end) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(begin))
          .filter(file -> file.getFileName().toString().endsWith(end))
          .sorted()
          .toList();
    }
  }

  @Test
  void showsTheCodeThatIsCompiled() throws IOException {
    PAGE.requireCurrent();
  }

  @Test
  void showsEverySampleWithItsLaws() throws IOException {
    assertThat(PAGE.sources()).containsAll(files(SAMPLES, "Own", ".java"));
    assertThat(PAGE.sources()).containsAll(files(TESTS, "Own", "LawsTest.java"));
  }

  @Test
  void namesEveryLaw() throws IOException {
    for (Path law : files(LAWS, "", "Laws.java")) {
      assertThat(PAGE.text()).contains(law.getFileName().toString().replace(".java", ""));
    }
  }
}
