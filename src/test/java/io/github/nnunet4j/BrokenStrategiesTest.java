package io.github.nnunet4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.infer.TileWeight;
import io.github.nnunet4j.laws.IntensityNormalizationLaws;
import io.github.nnunet4j.laws.LabelResamplingLaws;
import io.github.nnunet4j.laws.OptimizerScheduleLaws;
import io.github.nnunet4j.laws.PatchSamplerLaws;
import io.github.nnunet4j.laws.ResamplingLaws;
import io.github.nnunet4j.laws.TileWeightLaws;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.LabelResampling;
import io.github.nnunet4j.preprocess.Resampling;
import io.github.nnunet4j.train.OptimizerSchedule;
import io.github.nnunet4j.train.PatchSampler;
import io.github.nnunet4j.train.Rates;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The published laws of strategies that need no engine refuse what breaks them. */
class BrokenStrategiesTest {
  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(CountingSchedule.class, "dependsOnTheProgressAlone canBeWarmedUp"),
        Arguments.of(StickySchedule.class, "givesRatesInRangeInEveryEpoch"),
        Arguments.of(ByItsMean.class, "isFiniteForConstantChannels"),
        Arguments.of(Scribbler.class, "leavesItsArgumentsUntouched"),
        Arguments.of(Whole.class, "keepsToTheMaskIfItSaysSo"),
        Arguments.of(RoundRobin.class, "dependsOnItsArgumentsAlone"),
        Arguments.of(Astray.class, "neverMissesTheImage choosesBoxesOfTheExtentInCasesOfTheList"),
        Arguments.of(
            Brightening.class,
            "slabsArePartsOfTheWhole keepsAConstant leavesItsArgumentUntouchedAndGivesTheSameAgain"),
        Arguments.of(Merging.class, "fillsTheTargetGridWithoutInventingLabels keepsAConstant"),
        Arguments.of(Steep.class, "givesOnePositiveFiniteWeightPerVoxel"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void breakTheirLaws(Class<?> strategy, String laws) {
    assertThat(Broken.laws(strategy)).contains(laws.split(" "));
  }

  static class CountingSchedule extends OptimizerScheduleLaws {
    @Override
    protected OptimizerSchedule schedule() {
      AtomicInteger asked = new AtomicInteger();
      return progress -> Rates.of(0.1 / asked.incrementAndGet());
    }
  }

  static class StickySchedule extends OptimizerScheduleLaws {
    @Override
    protected OptimizerSchedule schedule() {
      return progress -> Rates.of(0.01, progress.fraction() < 0.5 ? 0.9 : 1);
    }
  }

  static class ByItsMean extends IntensityNormalizationLaws {
    @Override
    protected IntensityNormalization normalization() {
      return (channel, context) -> {
        float mean = 0;
        for (float value : channel.unsafeArray(0)) {
          mean += value / channel.grid().voxels();
        }
        float middle = mean;
        return channel.map(value -> value / middle);
      };
    }
  }

  static class Scribbler extends IntensityNormalizationLaws {
    @Override
    protected IntensityNormalization normalization() {
      return (channel, context) -> {
        channel.unsafeArray(0)[0] = 0.5f;
        return channel;
      };
    }
  }

  static class Whole extends IntensityNormalizationLaws {
    @Override
    protected IntensityNormalization normalization() {
      return (channel, context) -> channel.map(value -> value / 100);
    }

    @Override
    protected boolean respectsMask() {
      return true;
    }
  }

  static class RoundRobin extends PatchSamplerLaws {
    @Override
    protected PatchSampler sampler() {
      AtomicInteger next = new AtomicInteger();
      return (cases, slot, random) ->
          new PatchSampler.Patch(
              cases.get(next.getAndIncrement() % cases.size()), new Box(0, 0, 0, cut()));
    }

    @Override
    protected Extent cut() {
      return Extent.of(4, 5, 6);
    }
  }

  static class Astray extends PatchSamplerLaws {
    @Override
    protected PatchSampler sampler() {
      return (cases, slot, random) ->
          new PatchSampler.Patch(
              cases.get(0), new Box(0, 0, random.nextInt(-50, 50), Extent.of(4, 5, 5)));
    }

    @Override
    protected Extent cut() {
      return Extent.of(4, 5, 6);
    }
  }

  /** A little brighter each time. */
  static class Brightening extends ResamplingLaws {
    @Override
    protected Resampling resampling() {
      AtomicInteger times = new AtomicInteger();
      return (source, target) -> {
        float[][] out = new float[source.channels()][(int) target.voxels()];
        for (int c = 0; c < out.length; c++) {
          Arrays.fill(out[c], source.unsafeArray(c)[0] + times.incrementAndGet());
        }
        return Volume.wrap(target, out);
      };
    }
  }

  /** The mean of all labels. */
  static class Merging extends LabelResamplingLaws {
    @Override
    protected LabelResampling resampling() {
      return (source, target) -> {
        short[] out = new short[(int) target.voxels()];
        Arrays.fill(out, (short) (Arrays.stream(source.distinct()).average().orElse(0) + 0.6));
        return LabelMap.wrap(target, out);
      };
    }
  }

  /** So steep that the corners vanish. */
  static class Steep extends TileWeightLaws {
    @Override
    protected TileWeight weight() {
      return patch -> {
        float[] out = new float[(int) patch.voxels()];
        for (int i = 0; i < out.length; i++) {
          out[i] = (float) Math.exp(-i);
        }
        return out;
      };
    }
  }
}
