package io.github.nnunet4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.dataset.Region;
import io.github.nnunet4j.dataset.Split;
import io.github.nnunet4j.dataset.SplitsJson;
import io.github.nnunet4j.evaluate.Confusion;
import io.github.nnunet4j.evaluate.Scores;
import io.github.nnunet4j.evaluate.Summary;
import io.github.nnunet4j.evaluate.SummaryJson;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlanCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Files and messages are the same where people write numbers with digits of their own. */
@Isolated
class LocaleTest {
  @TempDir Path folder;
  private final Locale before = Locale.getDefault();

  @BeforeEach
  void writeArabicDigits() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
  }

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @Test
  @SuppressWarnings("DefaultLocale") // shows that this locale matters
  void plansSplitsAndSummariesAreReadBackEqual() throws IOException {
    assertThat(String.format("%02d", 7)).isNotEqualTo("07");
    Path file = folder.resolve("file.json");

    Path plans = Path.of("src/test/resources/golden/planning/v2_plans.json");
    Plan plan =
        PlanCodec.standard().decode(Json.text(Json.read(plans).get("cases").get(0).get("plans")));
    PlanCodec.standard().write(plan, file);
    assertThat(PlanCodec.standard().read(file)).isEqualTo(plan);
    assertThat(Files.readString(file)).isASCII();
    assertThat(plan.toString()).isASCII();

    List<Split> splits = List.of(new Split(List.of("case_10"), List.of("case_07", "\u00e9\u0667")));
    SplitsJson.write(splits, file);
    assertThat(SplitsJson.read(file)).isEqualTo(splits);
    assertThat(Files.readString(file)).isASCII();

    Confusion tiny = new Confusion(1, 100_000_000, 0, 7); // 2e-08
    Scores scores = new Scores(Map.of(Region.label(1), tiny));
    Summary summary = Summary.of(List.of(new Summary.CaseScores("a", "b", scores)));
    SummaryJson.write(summary, file);
    assertThat(Files.readString(file)).isASCII().contains("e-0");
    assertThat(SummaryJson.read(file)).isEqualTo(summary);
    assertThat(summary.toString()).isASCII();
  }
}
