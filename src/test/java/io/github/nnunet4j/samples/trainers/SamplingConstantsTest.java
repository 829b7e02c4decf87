package io.github.nnunet4j.samples.trainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import io.github.nnunet4j.train.ClassVoxels;
import io.github.nnunet4j.train.PatchSampler;
import io.github.nnunet4j.train.SampleSlot;
import io.github.nnunet4j.train.TrainerConfig;
import io.github.nnunet4j.train.TrainingCase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which samples of a batch each row cuts around foreground. */
class SamplingConstantsTest {
  private static final Map<String, String> BY_CHANCE =
      Map.of(
          "nnUNetTrainer_probabilisticOversampling", "default",
          "nnUNetTrainer_probabilisticOversampling_033", "variant 0.33",
          "nnUNetTrainer_probabilisticOversampling_010", "variant 0.10");
  private static final Set<String> ACROSS_DEVICES =
      Set.of(
          "nnUNetTrainerV2_DDP",
          "nnUNetTrainerV2_DDP_5epochs",
          "nnUNetTrainerV2_DDP_5epochs_dummyLoad",
          "nnUNetTrainerV2BraTSRegions_DDP");
  private static final int DRAWS = 6000;

  /** A large case with a single voxel of foreground, in a corner that chance does not find. */
  private record Corner(Extent extent) implements TrainingCase {
    static final int AT = 399;

    Corner() {
      this(Extent.of(AT + 1, AT + 1, AT + 1));
    }

    @Override
    public String id() {
      return "corner";
    }

    @Override
    public List<ClassVoxels> classes() {
      return List.of(new ClassVoxels(List.of(1), 1, (voxel, axis) -> AT));
    }

    @Override
    public Sample read(Box box) {
      throw new UnsupportedOperationException();
    }
  }

  static Stream<TrainerRow> usual() {
    return Trainers.rows()
        .filter(row -> row.edits().isPresent())
        .filter(
            row ->
                row.names().stream()
                    .noneMatch(
                        name -> BY_CHANCE.containsKey(name) || ACROSS_DEVICES.contains(name)));
  }

  /** The rows that force other samples than the default. */
  static Set<String> proven() {
    return Stream.concat(
            BY_CHANCE.keySet().stream().map(name -> "V2 " + name),
            ACROSS_DEVICES.stream().map(name -> "V1 " + name))
        .collect(Collectors.toSet());
  }

  private static boolean forced(PatchSampler sampler, int index, int size, RandomGenerator random) {
    Box box =
        sampler.choose(List.of(new Corner()), new SampleSlot(0, 0, index, size), random).box();
    return box.to(0) > Corner.AT && box.to(1) > Corner.AT && box.to(2) > Corner.AT;
  }

  @ParameterizedTest
  @MethodSource("usual")
  void theLastThirdIsForced(TrainerRow row) {
    TrainerConfig config = SmallExperiments.settings(row, SmallExperiments.volumes());
    SplittableRandom random = new SplittableRandom(1);
    Reference.cases("sampling", "oversampling").stream()
        .filter(golden -> golden.get("fraction").doubleValue() == 0.33)
        .forEach(
            golden -> {
              requireForced(config.sampler(), golden.get("forced"), random);
              requireForced(config.validationSampler(), golden.get("forced"), random);
            });
  }

  private static void requireForced(PatchSampler sampler, JsonNode forced, RandomGenerator random) {
    for (int i = 0; i < forced.size(); i++) {
      assertThat(forced(sampler, i, forced.size(), random))
          .as("sample %d of %d", i, forced.size())
          .isEqualTo(forced.get(i).booleanValue());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nnUNetTrainer_probabilisticOversampling, 2",
    "nnUNetTrainer_probabilisticOversampling, 5",
    "nnUNetTrainer_probabilisticOversampling_033, 2",
    "nnUNetTrainer_probabilisticOversampling_010, 2"
  })
  void chanceForcesAsOftenAsInTheReference(String trainer, int size) {
    double expected =
        Reference.list(Reference.facts("sampling", "oversampling").get("probabilistic_fraction"))
            .stream()
            .filter(fact -> fact.get("batch_size").intValue() == size)
            .findFirst()
            .map(fact -> fact.get(BY_CHANCE.get(trainer)).doubleValue())
            .get();
    TrainerConfig config =
        SmallExperiments.settings(Trainers.find(Version.V2, trainer), SmallExperiments.volumes());
    SplittableRandom random = new SplittableRandom(2);
    int forced = 0;
    for (int i = 0; i < DRAWS; i++) {
      forced += forced(config.sampler(), i % size, size, random) ? 1 : 0;
    }
    assertThat(forced / (double) DRAWS).isCloseTo(expected, within(0.03));
  }

  static Stream<String> acrossDevices() {
    return ACROSS_DEVICES.stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("acrossDevices")
  void devicesForceTheirSharesOfTheBatch(String trainer) {
    for (JsonNode golden : Reference.cases("sampling", "ddp_v1")) {
      if (golden.get("world_size").intValue() == 2
          && golden.get("fraction").doubleValue() == 0.33
          && !golden.get("plan_batch_size_is_shared_out").booleanValue()) {
        int each = golden.get("plan_batch_size").intValue();
        Experiment experiment =
            SmallExperiments.volumes()
                .withPlan(plan -> plan.with("3d_fullres", c -> c.batchSize(each)));
        TrainerConfig config =
            SmallExperiments.settings(Trainers.find(Version.V1, trainer), experiment);
        assertThat(config.batchSize()).isEqualTo(2 * each);
        SplittableRandom random = new SplittableRandom(3);
        for (int device = 0; device < 2; device++) {
          JsonNode forced = golden.get("ranks").get(device).get("forced");
          for (int i = 0; i < each; i++) {
            assertThat(forced(config.sampler(), device * each + i, 2 * each, random))
                .as("%s, device %d, sample %d", golden, device, i)
                .isEqualTo(forced.get(i).booleanValue());
          }
        }
      }
    }
  }
}
