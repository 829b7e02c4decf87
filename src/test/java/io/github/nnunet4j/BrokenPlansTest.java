package io.github.nnunet4j;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.augment.SampleBuffer;
import io.github.nnunet4j.dataset.FoldStrategy;
import io.github.nnunet4j.dataset.Split;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.laws.AugmentationLaws;
import io.github.nnunet4j.laws.FoldStrategyLaws;
import io.github.nnunet4j.laws.InitializationLaws;
import io.github.nnunet4j.laws.OptimizerScheduleLaws;
import io.github.nnunet4j.laws.PlannerLaws;
import io.github.nnunet4j.laws.StoppingRuleLaws;
import io.github.nnunet4j.laws.StrategyCodecLaws;
import io.github.nnunet4j.network.Initialization;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.plan.Fields;
import io.github.nnunet4j.plan.Planner;
import io.github.nnunet4j.plan.Planners;
import io.github.nnunet4j.plan.StrategyCodec;
import io.github.nnunet4j.train.OptimizerSchedule;
import io.github.nnunet4j.train.Progress;
import io.github.nnunet4j.train.Rates;
import io.github.nnunet4j.train.SchedulePhase;
import io.github.nnunet4j.train.StoppingRule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The published laws of augmentations, codecs, rules and first weights refuse what breaks them. */
class BrokenPlansTest {
  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(Stubborn.class, "doesNothingAtProbabilityZero"),
        Arguments.of(OwnChance.class, "givesTheSameOutputForTheSameSeed"),
        Arguments.of(Scribbler.class, "leavesItsArgumentUntouched"),
        Arguments.of(Inventor.class, "neverInventsLabels"),
        Arguments.of(Cutter.class, "givesTheExpectedExtentAndFiniteVoxels"),
        Arguments.of(Loner.class, "composesInAnyGrouping"),
        Arguments.of(TwoFaced.class, "doesInABufferWhatItDoesDirectly"),
        Arguments.of(Negative.class, "givesRatesInRangeInEveryEpoch"),
        Arguments.of(Breaking.class, "isAPhaseLikeAnyOther"),
        Arguments.of(Leaking.class, "splitsHoldKnownCasesOnOneSideEach"),
        Arguments.of(Impatient.class, "dependsOnItsArgumentsAlone"),
        Arguments.of(
            Lossy.class,
            "readsWhatItHasWritten readsWhatAFileMakesOfIt"
                + " writesDifferentStrategiesDifferently"),
        Arguments.of(Greedy.class, "leavesTheWordsOfOthersAlone"),
        Arguments.of(Typed.class, "readsWhatAFileMakesOfIt"),
        Arguments.of(Even.class, "letsNoTwoFiltersBeginAlike givesTheSameValuesForTheSameSeed"),
        Arguments.of(Fickle.class, "givesTheSamePlanForTheSameFingerprint"),
        Arguments.of(Unwritten.class, "writesPlansThatAreReadAgain"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void breakTheirLaws(Class<?> strategy, String laws) {
    assertThat(Broken.laws(strategy)).contains(laws.split(" "));
  }

  private static Sample filled(Sample sample, int label) {
    short[] labels = new short[sample.labels().unsafeArray().length];
    Arrays.fill(labels, (short) label);
    return new Sample(sample.image(), LabelMap.wrap(sample.labels().grid(), labels));
  }

  private static Augmentation brighter() {
    return (sample, random) ->
        new Sample(sample.image().map(v -> v + 1 + random.nextFloat()), sample.labels());
  }

  static class Stubborn extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      return new Augmentation() {
        @Override
        public Sample apply(Sample sample, RandomGenerator random) {
          return brighter().apply(sample, random);
        }

        @Override
        public Augmentation withProbability(double probability) {
          return this;
        }
      };
    }
  }

  /** Draws from a source of its own. */
  static class OwnChance extends AugmentationLaws {
    private static final SplittableRandom OWN = new SplittableRandom();

    @Override
    protected Augmentation augmentation() {
      return (sample, random) -> brighter().apply(sample, OWN);
    }
  }

  static class Scribbler extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      return (sample, random) -> {
        sample.image().unsafeArray(0)[0] += 1;
        return sample;
      };
    }
  }

  static class Inventor extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      return (sample, random) -> filled(sample, 9);
    }
  }

  static class Cutter extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      return (sample, random) -> {
        Grid half = sample.image().grid().withExtent(Extent.of(4, 10, 9));
        int voxels = (int) half.voxels();
        return new Sample(
            Volume.wrap(
                half,
                Arrays.copyOf(sample.image().unsafeArray(0), voxels),
                Arrays.copyOf(sample.image().unsafeArray(1), voxels)),
            LabelMap.wrap(half, Arrays.copyOf(sample.labels().unsafeArray(), voxels)));
      };
    }
  }

  /** Forgets what comes after it. */
  static class Loner extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      return new Augmentation() {
        @Override
        public Sample apply(Sample sample, RandomGenerator random) {
          return brighter().apply(sample, random);
        }

        @Override
        public Augmentation then(Augmentation next) {
          return this;
        }
      };
    }
  }

  /** Does nothing in a chain. */
  static class TwoFaced extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      return new Augmentation() {
        @Override
        public Sample apply(Sample sample, RandomGenerator random) {
          return brighter().apply(sample, random);
        }

        @Override
        public void applyTo(SampleBuffer buffer, RandomGenerator random) {}
      };
    }
  }

  static class Negative extends OptimizerScheduleLaws {
    @Override
    protected OptimizerSchedule schedule() {
      return progress -> Rates.of(0.01 - 0.02 * progress.fraction());
    }
  }

  /** Another schedule as a phase. */
  static class Breaking extends OptimizerScheduleLaws {
    @Override
    protected OptimizerSchedule schedule() {
      return new OptimizerSchedule() {
        @Override
        public Rates at(Progress progress) {
          return Rates.of(0.01);
        }

        @Override
        public SchedulePhase forEpochs(int epochs) {
          OptimizerSchedule half = progress -> Rates.of(0.005);
          return half.forEpochs(epochs);
        }
      };
    }

    @Override
    protected boolean printed() {
      return false;
    }
  }

  static class Leaking extends FoldStrategyLaws {
    @Override
    protected FoldStrategy folds() {
      return ids -> List.of(new Split(ids, ids.subList(0, 3)));
    }
  }

  /** Counts how often it is asked. */
  static class Impatient extends StoppingRuleLaws {
    @Override
    protected StoppingRule rule() {
      AtomicInteger asked = new AtomicInteger();
      return (next, rates) -> asked.incrementAndGet() > 30;
    }

    @Override
    protected boolean printed() {
      return false;
    }
  }

  record Net(int width) implements NetworkTopology {
    @Override
    public Block build(int inputs, int outputs, boolean deepSupervision) {
      return Blocks.identityBlock();
    }
  }

  abstract static class NetCodec extends StrategyCodecLaws<NetworkTopology>
      implements StrategyCodec<NetworkTopology> {
    @Override
    protected StrategyCodec<NetworkTopology> codec() {
      return this;
    }

    @Override
    protected List<NetworkTopology> strategies() {
      return List.of(new Net(4), new Net(8));
    }

    @Override
    public Optional<Fields> encode(NetworkTopology strategy) {
      return strategy instanceof Net net
          ? Optional.of(Fields.of("net").with("width", net.width()))
          : Optional.empty();
    }
  }

  /** Forgets a number. */
  static class Lossy extends NetCodec {
    @Override
    public Optional<Fields> encode(NetworkTopology strategy) {
      return Optional.of(Fields.of("net"));
    }

    @Override
    public Optional<NetworkTopology> decode(Fields fields) {
      return fields.word().equals("net") ? Optional.of(new Net(4)) : Optional.empty();
    }
  }

  /** Claims every word. */
  static class Greedy extends NetCodec {
    @Override
    public Optional<NetworkTopology> decode(Fields fields) {
      return Optional.of(new Net(fields.values().isEmpty() ? 1 : (int) fields.number("width")));
    }
  }

  /** Asks for a type that no file keeps. */
  static class Typed extends NetCodec {
    @Override
    public Optional<Fields> encode(NetworkTopology strategy) {
      return Optional.of(Fields.of("net").with("width", (long) ((Net) strategy).width()));
    }

    @Override
    public Optional<NetworkTopology> decode(Fields fields) {
      return fields.values().get("width") instanceof Long width
          ? Optional.of(new Net(width.intValue()))
          : Optional.empty();
    }
  }

  static class Even extends InitializationLaws {
    @Override
    protected Initialization initialization() {
      return (shape, random) -> new float[Math.toIntExact(shape.size())];
    }
  }

  /** Finer from time to time. */
  static class Fickle extends PlannerLaws {
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    protected Planner planner() {
      return Planners.standard()
          .withSpacing(
              fingerprint -> Spacing.millimetres(1 + 0.5 * (asked.incrementAndGet() % 3), 1, 1));
    }
  }

  /** A normalization that nobody can write. */
  static class Unwritten extends PlannerLaws {
    @Override
    protected Planner planner() {
      return Planners.standard().withNormalization(channel -> (volume, context) -> volume);
    }
  }
}
