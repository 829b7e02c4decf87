package io.github.nnunet4j.samples.planners;

import static io.github.nnunet4j.samples.RowPage.code;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.samples.GuideCode;
import io.github.nnunet4j.samples.RowPage;
import io.github.nnunet4j.samples.RowSources;
import io.github.nnunet4j.samples.RowSources.Source;
import io.github.nnunet4j.samples.RowSources.Words;
import io.github.nnunet4j.samples.planners.PlannerRows.Group;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The guide page as HTML: texts from the rows, expressions from their sources. */
final class PlannerPage {
  private static final Set<String> FACTORIES = Set.of("v1", "v2", "v1From");
  private static final Words WORDS =
      new Words(FACTORIES, Set.of("v1", "v2", "v1From", "corrected"));

  private final RowPage page =
      new RowPage(
          Pattern.compile(
              "\\b(?:ExperimentPlanner|nnUNetPlanner|ResEncUNetPlanner"
                  + "|GenericPreprocessor|Preprocessor)\\w*"));

  /** The whole page. */
  static String html() {
    PlannerPage planners = new PlannerPage();
    planners.page.add(filled(PlannerPageText.HEAD));
    PlannerRows.groups().forEach(planners::group);
    planners.page.add(filled(PlannerPageText.PREPROCESSORS));
    planners.preprocessors();
    return planners.page.helper("planners/V1Recipes").add(PlannerPageText.FOOT).html();
  }

  /** Text with the code of the methods that it names. */
  private static String filled(String text) {
    return Pattern.compile("\\[(\\w+)]")
        .matcher(text)
        .replaceAll(
            method ->
                RowPage.escape(GuideCode.of("planners/HandingOver." + method.group(1)))
                    .replace("$", "\\$"));
  }

  private void group(Group group) {
    page.table(group.title(), "class", "expression", "plans", "differs");
    Iterator<Source> sources = RowSources.of("planners/" + group.source(), WORDS).rows().iterator();
    for (PlannerRow row : group.rows()) {
      Source source = RowPage.next(sources, List.of(row.name()));
      page.row(
          row.version(),
          source.names(),
          expressions(source.edits()),
          page.linked(row.version(), row.about()),
          page.linked(row.version(), row.difference()));
    }
    assertThat(sources).as("rows of %s that are not handed out", group.source()).isExhausted();
    page.end();
  }

  private static String expressions(Map<String, String> edits) {
    String released =
        edits.entrySet().stream()
            .filter(edit -> FACTORIES.contains(edit.getKey()))
            .map(edit -> code(edit.getValue()))
            .findFirst()
            .orElseThrow();
    return edits.containsKey("corrected")
        ? "corrected: " + code(edits.get("corrected")) + "<br>\n          as released: " + released
        : released;
  }

  private void preprocessors() {
    page.table("Preprocessors of v1", "class", "expression", "differs");
    Iterator<Source> sources = RowSources.of("planners/PreprocessorRows", WORDS).rows().iterator();
    for (PreprocessorRow row : PreprocessorRows.rows()) {
      Source source = RowPage.next(sources, row.names());
      page.row(
          Version.V1,
          row.names(),
          code("r -> " + source.edits().get("v1")),
          page.linked(Version.V1, row.difference()));
    }
    assertThat(sources).as("rows that are not handed out").isExhausted();
    page.end();
  }
}
