package io.github.nnunet4j.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.loss.DeepSupervision;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.train.EpochResult;
import io.github.nnunet4j.train.PatchSampler;
import io.github.nnunet4j.train.Progress;
import io.github.nnunet4j.train.Rates;
import io.github.nnunet4j.train.TrainingCase;
import io.github.nnunet4j.train.TrainingCases;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The samples that a training takes and that need no engine: what they do, on numbers. */
class OwnTrainingTest {
  private static final Grid ROW = Grid.of(1, 1, 5);

  private static Sample sample(float... values) {
    return new Sample(Volume.wrap(ROW, values), LabelMap.wrap(ROW, new short[] {1, 0, 0, 3, 2}));
  }

  @Test
  void ownScheduleMakesOneCycle() {
    OwnSchedule cycle = new OwnSchedule(0.1, 0.25, 0.85, 0.95);
    assertThat(cycle.at(new Progress(0, 100))).isEqualTo(Rates.of(0.1 / 25, 0.95));
    Rates top = cycle.at(new Progress(25, 100));
    assertThat(top.learningRate()).isEqualTo(0.1);
    assertThat(top.momentum().orElseThrow()).isCloseTo(0.85, within(1e-12));
    assertThat(cycle.at(new Progress(99, 100)).learningRate()).isBetween(0.0, 1e-4);
    assertThat(cycle).hasToString(new OwnSchedule(0.1, 0.25, 0.85, 0.95).toString());
  }

  private static Progress after(double... movingAverages) {
    List<EpochResult> history = new ArrayList<>();
    for (double average : movingAverages) {
      history.add(
          new EpochResult(
              history.size(),
              Rates.of(0.01),
              new EpochResult.Loss(0, 0),
              new EpochResult.Dice(List.of(average), average, average),
              new EpochResult.Time(1, 0)));
    }
    return new Progress(history.size(), 100, history);
  }

  @Test
  void ownStoppingRuleWaitsUntilTheErrorHasRisen() {
    OwnStoppingRule rule = new OwnStoppingRule(10);
    Rates rates = Rates.of(0.01);
    assertThat(rule.stops(after(), rates)).isFalse();
    assertThat(rule.stops(after(0.5, 0.8, 0.79), rates)).isFalse();
    assertThat(rule.stops(after(0.5, 0.8, 0.77), rates)).isTrue();
    assertThat(rule.stops(after(0.5, 0.8, 0.77, 0.85), rates)).isFalse();
    assertThat(rule.stops(after(Double.NaN, Double.NaN), rates)).isFalse();
  }

  @Test
  void ownAugmentationBendsGreyValuesWithinTheirRange() {
    OwnAugmentation bend = new OwnAugmentation(0);
    Sample before = sample(-1, 0, 1, 2, 3);
    OwnAugmentation.Curve straight = new OwnAugmentation.Curve(0.25, 0.25, 0.75, 0.75, false);
    assertThat(bend.change(before, List.of(straight)).image().toArray(0))
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(-1, 0, 1, 2, 3);
    OwnAugmentation.Curve falling = new OwnAugmentation.Curve(0.25, 0.25, 0.75, 0.75, true);
    assertThat(bend.change(before, List.of(falling)).image().toArray(0))
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(3, 2, 1, 0, -1);
    // x(t) = t^3 of control points at the left, y(t) = 1 - (1 - t)^3 of those at the top
    OwnAugmentation.Curve steep = new OwnAugmentation.Curve(0, 1, 0, 1, false);
    double t = Math.cbrt(0.5);
    assertThat(bend.change(before, List.of(steep)).image().toArray(0)[2])
        .isCloseTo((float) (-1 + 4 * (1 - Math.pow(1 - t, 3))), within(2e-3f));
    assertThat(bend.change(sample(2, 2, 2, 2, 2), List.of(steep)).image().toArray(0))
        .containsOnly(2);
    assertThat(bend.draw(3, new SplittableRandom(1))).hasSize(3);
    assertThat(OwnAugmentation.chain(Extent.of(16, 16, 16)).toString()).isNotBlank();
  }

  @Test
  void ownMirroringChangesTheSides() {
    OwnMirroring sides = new OwnMirroring(2, Map.of(1, 2, 2, 1));
    Map<Boolean, Sample> seen = new HashMap<>();
    for (int seed = 0; seed < 20; seed++) {
      Sample out = sides.apply(sample(1, 2, 3, 4, 5), new SplittableRandom(seed));
      seen.put(out.image().at(0, 0, 0, 0) == 5, out);
    }
    assertThat(seen.get(true).labels().toArray()).containsExactly(1, 3, 0, 0, 2);
    assertThat(seen.get(false)).isEqualTo(sample(1, 2, 3, 4, 5));
    assertThat(sides.mirroredAxes()).isEmpty();
  }

  @Test
  void ownChannelChangeGrowsWithTheSignal() {
    float[] voxels = new float[4000];
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = i % 2 == 0 ? 0 : 100;
    }
    new OwnChannelChange(random -> 0.2)
        .change(voxels, Extent.of(1, 40, 100), new SplittableRandom(4));
    double squares = 0;
    for (int i = 0; i < voxels.length; i++) {
      assertThat(i % 2 == 0 ? voxels[i] : 0).isZero();
      squares += i % 2 == 0 ? 0 : Math.pow(voxels[i] - 100, 2);
    }
    assertThat(Math.sqrt(squares / 2000)).isCloseTo(20, within(1.5));
    OwnChannelChange.Exponential strength = new OwnChannelChange.Exponential(0.1);
    SplittableRandom random = new SplittableRandom(5);
    assertThat(IntStream.range(0, 5000).mapToDouble(i -> strength.draw(random)).average())
        .hasValueCloseTo(0.1, within(0.01));
  }

  private static TrainingCase one(String id) {
    return TrainingCases.inMemory(id, sample(1, 2, 3, 4, 5), List.of());
  }

  @Test
  void ownChoiceOfCasesServesEveryHospitalAlike() {
    List<TrainingCase> cases = List.of(one("a"), one("b"), one("c"), one("d"));
    OwnCaseChoice choice = new OwnCaseChoice(Map.of("a", "small", "b", "large", "c", "large"));
    SplittableRandom random = new SplittableRandom(6);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 3000; i++) {
      counts.merge(choice.choose(cases, random).id(), 1, Integer::sum);
    }
    assertThat(counts.get("a")).isBetween(900, 1100);
    assertThat(counts.get("b")).isBetween(400, 600);
    assertThat(counts.get("d")).isBetween(900, 1100);
    OwnCaseChoice.EverySecond second = new OwnCaseChoice.EverySecond();
    assertThat(IntStream.range(0, 5).filter(i -> second.forced(i, 5, random)))
        .containsExactly(1, 3);
    PatchSampler sampler =
        choice.sampler(
            new io.github.nnunet4j.train.PatchWindow(
                Extent.of(1, 1, 2), Extent.of(1, 1, 2), false));
    assertThat(sampler.toString()).contains("OwnCaseChoice", "EverySecond");
  }

  @Test
  void ownVolumeValidationCountsTheWorstClass() {
    Progress progress = new Progress(0, 10);
    Weights none = Weights.builder().build();
    OwnVolumeValidation worst =
        new OwnVolumeValidation((p, weights) -> List.of(0.9, Double.NaN, 0.7));
    assertThat(worst.dice(progress, none)).containsExactly(0.7);
    assertThat(new OwnVolumeValidation((p, w) -> List.of(Double.NaN)).dice(progress, none))
        .containsExactly(Double.NaN);
  }

  @Test
  void ownDeepSupervisionCountsCoarseOutputsAlike() {
    DeepSupervision equal = OwnDeepSupervision.equal(new OwnTopology(4, 3), 0.3);
    assertThat(equal.weights()).containsExactly(1.0, 0.3, 0.3);
  }

  @Test
  void ownTileWeightIsAHannWindow() {
    float side = (float) Math.pow(Math.sin(Math.PI / 8), 2);
    float middle = (float) Math.pow(Math.sin(3 * Math.PI / 8), 2);
    assertThat(new OwnTileWeight().of(Extent.of(1, 4)))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(side, middle, middle, side);
    float[] halves = new OwnTileWeight().of(Extent.of(1, 8));
    for (int i = 0; i < 4; i++) {
      assertThat(halves[i] + halves[i + 4]).isCloseTo(1, within(1e-6f));
    }
  }

  @Test
  void ownFoldsKeepPatientsTogether() {
    List<String> ids = List.of("anna_1", "anna_2", "bert_1", "carl_1", "carl_2", "dora");
    assertThat(OwnFolds.byPatient(2).split(ids))
        .containsExactly(
            new io.github.nnunet4j.dataset.Split(
                List.of("bert_1", "dora"), List.of("anna_1", "anna_2", "carl_1", "carl_2")),
            new io.github.nnunet4j.dataset.Split(
                List.of("anna_1", "anna_2", "carl_1", "carl_2"), List.of("bert_1", "dora")));
  }
}
