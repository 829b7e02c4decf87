package io.github.nnunet4j.samples.trainers;

import static io.github.nnunet4j.samples.RowPage.code;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.samples.RowPage;
import io.github.nnunet4j.samples.RowSources;
import io.github.nnunet4j.samples.RowSources.Source;
import io.github.nnunet4j.samples.RowSources.Words;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import io.github.nnunet4j.samples.trainers.Trainers.Group;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The guide page as HTML: names and differences from the rows, expressions from their sources. */
final class TrainerPage {
  private static final Words WORDS =
      new Words(Set.of("v1", "v2", "none"), Set.of("configuration", "training", "firstStage"));
  private static final Map<Version, Map<String, String>> DEFAULTS =
      Map.of(
          Version.V1, sources("TrainerRow").editsIn("v1"),
          Version.V2, sources("TrainerRow").editsIn("v2"));

  private final RowPage page =
      new RowPage(
          Pattern.compile("\\b_?(?:nnUNet|PretrainedTrainer|DynamicPretrainedTrainer)\\w*"));

  /** The whole page. */
  static String html() {
    TrainerPage trainers = new TrainerPage();
    trainers.page.add(TrainerPageText.HEAD);
    Trainers.groups().forEach(trainers::group);
    return trainers
        .page
        .helper("trainers/V1")
        .helper("trainers/V2")
        .helper("trainers/PretrainedEncoder")
        .add(TrainerPageText.FOOT)
        .html();
  }

  private static RowSources sources(String type) {
    return RowSources.of("trainers/" + type, WORDS);
  }

  private void group(Group group) {
    page.table(group.title(), "class", "expression", "differs");
    Iterator<Source> sources = sources(group.source()).rows().iterator();
    for (TrainerRow row : group.rows()) {
      Source source = RowPage.next(sources, row.names());
      page.row(
          row.version(),
          row.names(),
          row.edits().isPresent() ? expressions(row, source) : "none",
          page.linked(row.version(), row.difference()));
    }
    assertThat(sources).as("rows of %s that are not handed out", group.source()).isExhausted();
    page.end();
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
}
