package io.github.nnunet4j.samples.trainers;

import io.github.nnunet4j.samples.trainers.RowSources.Source;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import io.github.nnunet4j.samples.trainers.Trainers.Group;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The guide page as HTML: names and differences from the rows, expressions from their sources. */
final class TrainerPage {
  private static final Pattern NAME =
      Pattern.compile("\\b_?(?:nnUNet|PretrainedTrainer|DynamicPretrainedTrainer)\\w*");
  private static final Map<Version, Map<String, String>> DEFAULTS =
      Map.of(
          Version.V1, RowSources.defaults("v1"),
          Version.V2, RowSources.defaults("v2"));

  private final StringBuilder html = new StringBuilder();

  /** The whole page. */
  static String html() {
    TrainerPage page = new TrainerPage();
    page.html.append(TrainerPageText.HEAD);
    for (Group group : Trainers.groups()) {
      page.group(group);
    }
    page.helpers("V1");
    page.helpers("V2");
    page.helpers("PretrainedEncoder");
    page.html.append(TrainerPageText.FOOT);
    return page.html.toString();
  }

  /** A class of the samples as it stands. */
  private void helpers(String name) {
    html.append("\n    <h2 id=\"").append(name).append("\">").append(name);
    html.append("</h2>\n    <pre>").append(escape(RowSources.of(name).body())).append("</pre>\n");
  }

  private void group(Group group) {
    html.append("\n    <h2>").append(escape(group.title())).append("</h2>\n    <table>\n");
    html.append("      <tr><th>class</th><th>expression</th><th>differs</th></tr>\n");
    Iterator<Source> sources = RowSources.of(group.source()).rows().iterator();
    for (TrainerRow row : group.rows()) {
      Source source = sources.next();
      if (!source.names().equals(row.names())) {
        throw new AssertionError(
            "the source of " + group.source() + " has " + source.names() + " for " + row.names());
      }
      row(row, source);
    }
    if (sources.hasNext()) {
      throw new AssertionError(group.source() + " has a row more: " + sources.next().names());
    }
    html.append("    </table>\n");
  }

  private void row(TrainerRow row, Source source) {
    String version = row.version() == Version.V1 ? "v1" : "v2";
    html.append("      <tr><td>");
    html.append(
        row.names().stream()
            .map(name -> "<code id=\"%s.%s\">%s</code>".formatted(version, name, breakable(name)))
            .collect(Collectors.joining("<br>")));
    html.append(" (").append(version).append(")</td>\n        <td>");
    html.append(row.edits().isPresent() ? expressions(row, source) : "none");
    html.append("</td>\n        <td>");
    html.append(linked(row)).append("</td></tr>\n");
  }

  private static String expressions(TrainerRow row, Source source) {
    Map<String, String> edits = new LinkedHashMap<>(DEFAULTS.get(row.version()));
    edits.putAll(source.edits());
    List<String> lines = new ArrayList<>();
    if (!edits.get("configuration").equals("c")) {
      lines.add(code("c -> " + edits.get("configuration")));
    }
    lines.add(code("t -> " + edits.get("training")));
    if (edits.containsKey("firstStage")) {
      lines.add("first stage: " + code("t -> " + edits.get("firstStage")));
    }
    return String.join("<br>\n          ", lines);
  }

  private static String code(String text) {
    return "<code>" + escape(text).replaceAll("(?<=\\))\\.", "<wbr>.") + "</code>";
  }

  /** Long names may be broken. */
  private static String breakable(String name) {
    return escape(name).replaceAll("(?<=[a-z0-9])_", "<wbr>_");
  }

  /** Names of other rows lead there. */
  private static String linked(TrainerRow row) {
    String version = row.version() == Version.V1 ? "v1" : "v2";
    return NAME.matcher(escape(row.difference()))
        .replaceAll(
            name ->
                "<a href=\"#%s.%s\"><code>%s</code></a>"
                    .formatted(version, name.group(), name.group()));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
