package io.github.nnunet4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A guide page whose code is that of files which are compiled and tested. The page says {@code <!--
 * code of PATH --><pre>...</pre>}; what stands between is the file without package and imports.
 *
 * @param file of the page
 */
public record GuidePage(Path file) {
  private static final Pattern CODE =
      Pattern.compile("(<!-- code of (\\S+) -->\\s*<pre>)(.*?)(</pre>)", Pattern.DOTALL);
  private static final Path WANTED = Path.of("target", "guide");

  /** The page as it is. */
  public String text() throws IOException {
    return Files.readString(file);
  }

  /** The files whose code it shows. */
  public List<Path> sources() throws IOException {
    return CODE.matcher(text()).results().map(code -> Path.of(code.group(2))).toList();
  }

  /** The page with the code of the files as they are now. */
  public String wanted() throws IOException {
    return CODE.matcher(text()).replaceAll(GuidePage::replacement);
  }

  private static String replacement(MatchResult code) {
    return Matcher.quoteReplacement(
        code.group(1) + escaped(body(Path.of(code.group(2)))) + code.group(4));
  }

  /** Fails unless the page shows the code as it is; then it lies in target, to be taken over. */
  public void requireCurrent() throws IOException {
    String wanted = wanted();
    if (!wanted.equals(text())) {
      Files.createDirectories(WANTED);
      Path out = WANTED.resolve(file.getFileName());
      Files.writeString(out, wanted);
      assertThat(text())
          .as("%s shows other code than its files. Take over: cp %s %s", file, out, file)
          .isEqualTo(wanted);
    }
  }

  /** What follows package and imports. */
  private static String body(Path source) {
    try {
      List<String> lines = Files.readAllLines(source);
      int first = 0;
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).startsWith("import ") || lines.get(i).startsWith("package ")) {
          first = i + 1;
        }
      }
      return lines.stream().skip(first).collect(Collectors.joining("\n")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Also the sign that begins tags of javadoc, which reads these pages. */
  private static String escaped(String code) {
    return code.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;");
  }
}
