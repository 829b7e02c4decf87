package io.github.nnunet4j.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.samples.RowSources.Source;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A guide page of rows: classes of the reference, expressions, what differs. */
public final class RowPage {
  private static final Path FOLDER = Path.of("javadoc/doc-files");
  private static final Path WANTED = Path.of("target/guide");

  private final Pattern names;
  private final StringBuilder html = new StringBuilder();

  /**
   * An empty page.
   *
   * @param names classes that texts of rows lead to
   */
  public RowPage(Pattern names) {
    this.names = names;
  }

  /** Adds HTML as it is. */
  public RowPage add(String text) {
    html.append(text);
    return this;
  }

  /** Begins a table. */
  public RowPage table(String title, String... columns) {
    html.append("\n    <h2>").append(escape(title)).append("</h2>\n    <table>\n      <tr>");
    for (String column : columns) {
      html.append("<th>").append(column).append("</th>");
    }
    html.append("</tr>\n");
    return this;
  }

  /** Adds a row: the classes, then cells of HTML. */
  public RowPage row(Version version, List<String> classes, String... cells) {
    html.append("      <tr><td>");
    html.append(
        classes.stream()
            .map(
                name ->
                    "<code id=\"%s.%s\">%s</code>".formatted(word(version), name, breakable(name)))
            .collect(Collectors.joining("<br>")));
    html.append(" (").append(word(version)).append(")</td>");
    for (String cell : cells) {
      html.append("\n        <td>").append(cell).append("</td>");
    }
    html.append("</tr>\n");
    return this;
  }

  /** Ends a table. */
  public RowPage end() {
    return add("    </table>\n");
  }

  /** A class of the samples as it stands, such as trainers/V1. */
  public RowPage helper(String place) {
    String name = place.substring(place.indexOf('/') + 1);
    html.append("\n    <h2 id=\"").append(name).append("\">").append(name);
    html.append("</h2>\n    <pre>").append(escape(GuideCode.of(place))).append("</pre>\n");
    return this;
  }

  /** The page so far. */
  public String html() {
    return html.toString();
  }

  /** Text in which names of rows lead there. */
  public String linked(Version version, String text) {
    return names
        .matcher(escape(text))
        .replaceAll(
            name ->
                "<a href=\"#%s.%s\"><code>%s</code></a>"
                    .formatted(word(version), name.group(), name.group()));
  }

  /** The source of the next row, which is that of these classes. */
  public static Source next(Iterator<Source> sources, List<String> classes) {
    Source source = sources.next();
    assertThat(source.names()).as("names in the source").isEqualTo(classes);
    return source;
  }

  /** An expression, which may be broken between calls. */
  public static String code(String text) {
    return "<code>" + escape(text).replaceAll("(?<=\\))\\.", "<wbr>.") + "</code>";
  }

  /** Text as HTML. */
  public static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Long names may be broken. */
  private static String breakable(String name) {
    return escape(name).replaceAll("(?<=[a-z0-9])_", "<wbr>_");
  }

  private static String word(Version version) {
    return version.name().toLowerCase(Locale.ROOT);
  }

  /** Fails unless the page is there as the rows are compiled; then it lies in target. */
  public static void requireCurrent(String name, String wanted) throws IOException {
    Path page = FOLDER.resolve(name);
    Path out = WANTED.resolve(name);
    String is = Files.exists(page) ? Files.readString(page) : "";
    if (!wanted.equals(is)) {
      Files.createDirectories(WANTED);
      Files.writeString(out, wanted);
    }
    assertThat(is)
        .as("the rows have changed; look at %s, then copy it over %s", out, page)
        .isEqualTo(wanted);
    assertThat(Files.readString(Path.of("javadoc/overview.html"))).contains("doc-files/" + name);
  }

  /** The classes of a version that a page has rows for, as often as it has. */
  public static List<String> classes(String name, Version version) throws IOException {
    return Pattern.compile("id=\"" + word(version) + "\\.(\\w+)\"")
        .matcher(Files.readString(FOLDER.resolve(name)))
        .results()
        .map(id -> id.group(1))
        .toList();
  }

  /** Fails unless the links within a page lead somewhere. */
  public static void requireLinks(String name) throws IOException {
    String page = Files.readString(FOLDER.resolve(name));
    Pattern.compile("href=\"#([^\"]+)\"")
        .matcher(page)
        .results()
        .forEach(link -> assertThat(page).contains("id=\"" + link.group(1) + "\""));
    Pattern.compile("href=\"([^\"#]+)\"")
        .matcher(page)
        .results()
        .forEach(link -> assertThat(FOLDER.resolve(link.group(1))).exists());
  }
}
