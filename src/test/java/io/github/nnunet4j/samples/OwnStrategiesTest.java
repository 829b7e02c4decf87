package io.github.nnunet4j.samples;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.NnUNet;
import io.github.nnunet4j.Phantoms;
import io.github.nnunet4j.TrainedModel;
import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.augment.Augmentations;
import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.infer.Mirroring;
import io.github.nnunet4j.infer.Predictor;
import io.github.nnunet4j.infer.PredictorConfig;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.train.ClassVoxels;
import io.github.nnunet4j.train.OptimizerState;
import io.github.nnunet4j.train.PatchSampler.Patch;
import io.github.nnunet4j.train.Rates;
import io.github.nnunet4j.train.SampleSlot;
import io.github.nnunet4j.train.TrainingCase;
import io.github.nnunet4j.train.TrainingCases;
import io.github.nnunet4j.train.VolumeValidation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of planner rule, optimizer, sampler, resampling, tile weight and folds at work. */
@Tag("engine")
class OwnStrategiesTest {
  private static final PlanCodec CODEC = OwnPlannerRule.codec().withResampling(OwnResampling.WORD);
  private static final Grid GRID = Grid.of(Extent.of(20, 24, 22), Spacing.millimetres(1.5, 1, 1));

  @Test
  void ownPlannerRuleMakesCubes() {
    Plan plan = NnUNet.plan(Phantoms.volumes(5), OwnPlannerRule.planner()).plan();
    assertThat(plan.configuration("3d_fullres").recipe().targetSpacing())
        .isEqualTo(Spacing.millimetres(1, 1, 1));
    assertThat(plan.configuration("3d_fullres").dataIdentifier()).isEqualTo("cubePlans_3d_fullres");
    assertThat(plan.experimentPlanner()).isEqualTo("CubePlanner");
    assertThat(plan.configuration("3d_fullres").topology()).isInstanceOf(OwnTopology.class);
    assertThat(plan.configuration("3d_fullres").recipe().channels().get(0).normalization())
        .isEqualTo(new OwnIntensityNormalization());
  }

  @Test
  void ownOptimizerStepsByTheLearningRateAndRemembers() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = manager.create(new float[] {1, 1, 1});
      OptimizerState state = OptimizerState.of("weight", weight, manager);
      OwnOptimizer lion = new OwnOptimizer(0.5, 0.75, 0);
      NDArray first = manager.create(new float[] {8, -8, 0});
      lion.update(weight, first, state.advance(), Rates.of(0.25));
      assertThat(weight.toFloatArray()).containsExactly(0.75f, 1.25f, 1);
      assertThat(state.slot("average").toFloatArray()).containsExactly(2, -2, 0);
      NDArray second = manager.create(new float[] {-1, -1, 4});
      lion.update(weight, second, state.advance(), Rates.of(0.25));
      assertThat(weight.toFloatArray()).containsExactly(0.5f, 1.5f, 0.75f);
    }
  }

  @Test
  void ownSamplerTakesCasesInTurnAndShowsTheRarestClass() {
    Extent patch = Extent.of(2, 4, 4);
    Augmentation none = (sample, random) -> sample;
    OwnPatchSampler sampler = OwnPatchSampler.before(none, patch);
    assertThat(sampler.cut()).isEqualTo(patch);
    List<TrainingCase> cases = IntStream.range(0, 3).mapToObj(OwnStrategiesTest::striped).toList();
    for (int i = 0; i < 6; i++) {
      Patch chosen = sampler.choose(cases, new SampleSlot(0, i / 2, i % 2, 2), seeded(i));
      assertThat(chosen.source()).isSameAs(cases.get(i % 3));
      Sample cut = chosen.source().read(chosen.box());
      assertThat(cut.labels().distinct()).contains(2);
    }
    Extent rotated = Augmentations.standard(patch).inputExtent(patch);
    assertThat(OwnPatchSampler.before(Augmentations.standard(patch), patch).cut())
        .isEqualTo(rotated);
  }

  private static SplittableRandom seeded(int seed) {
    return new SplittableRandom(seed);
  }

  /** Label 1 in the first half, label 2 in one column of the last slice. */
  private static TrainingCase striped(int number) {
    Grid grid = Grid.of(8, 10, 10);
    short[] labels = new short[(int) grid.voxels()];
    for (int i = 0; i < labels.length / 2; i++) {
      labels[i] = 1;
    }
    for (int y = 0; y < 10; y++) {
      labels[(7 * 10 + y) * 10 + number] = 2;
    }
    List<ClassVoxels> classes =
        List.of(
            new ClassVoxels(
                List.of(1),
                400,
                (voxel, axis) ->
                    axis == 0 ? voxel / 100 : axis == 1 ? voxel / 10 % 10 : voxel % 10),
            new ClassVoxels(
                List.of(2), 10, (voxel, axis) -> axis == 0 ? 7 : axis == 1 ? voxel : number));
    Sample whole =
        new Sample(Volume.wrap(grid, new float[(int) grid.voxels()]), LabelMap.wrap(grid, labels));
    return TrainingCases.inMemory("striped_" + number, whole, classes);
  }

  @Test
  void ownStrategiesTrainAndPredictTogether(@TempDir Path folder) throws IOException {
    Experiment experiment =
        NnUNet.plan(visits(), OwnPlannerRule.planner())
            .withPlan(OwnStrategiesTest::small)
            .withCodec(CODEC)
            .withFolds(OwnFolds.byPatient(2));
    Extent patch = experiment.configuration().patch();
    Augmentation chain =
        OwnAugmentation.chain(patch)
            .then(OwnChannelChange.speckle())
            .then(new OwnMirroring(2, Map.of()));
    NetworkTopology network = experiment.configuration().topology();
    VolumeValidation volumes = experiment.volumeValidation(PredictorConfig.defaults());
    TrainedModel model =
        experiment.train(
            t ->
                t.epochs(1)
                    .iterations(2)
                    .validationIterations(1)
                    .augmentation(chain)
                    .sampler(OwnPatchSampler.before(chain, patch))
                    .loss(new OwnDeepSupervision.Smoothed(OwnLoss.mixed()))
                    .deepSupervision(OwnDeepSupervision.equal(network, 0.5))
                    .optimizer(new OwnOptimizer(0.9, 0.99, 1e-3))
                    .schedule(new OwnSchedule(1e-3, 0.5, 0.8, 0.9))
                    .stopWhen(new OwnStoppingRule(50))
                    .validateVolumes(1, new OwnVolumeValidation(volumes)),
            folder);
    assertThat(experiment.split().validation()).containsExactly("anna_0", "anna_1");
    TrainedModel loaded = NnUNet.load(folder.resolve("model"), CODEC);
    assertThat(loaded.plan()).isEqualTo(model.plan());
    PredictorConfig config =
        PredictorConfig.defaults()
            .withTileWeight(new OwnTileWeight())
            .withMirroring(Mirroring.none());
    try (Predictor predictor = loaded.predictor(config)) {
      LabelMap labels = Phantoms.labels(GRID, 7);
      assertThat(predictor.predict(Phantoms.image(labels, 7, 1)).grid()).isEqualTo(GRID);
    }
  }

  private static Plan small(Plan plan) {
    return OwnResampling.in(
        plan.with("3d_fullres", c -> c.batchSize(2).topology(new OwnTopology(4, 2))));
  }

  /** Two visits of each of two patients. */
  private static Dataset visits() {
    Dataset.Builder visits =
        Dataset.builder("Visits").channels("MRI").labels(Labels.of("outer", "inner"));
    for (int i = 0; i < 4; i++) {
      LabelMap labels = Phantoms.labels(GRID, i);
      visits.add((i < 2 ? "anna_" : "bert_") + i, Phantoms.image(labels, i, 1), labels);
    }
    return visits.build();
  }
}
