package io.github.nnunet4j.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LargestFitTest {
  private static OptionalInt within(long[] bytes, long limit, List<Integer> asked) {
    return new LargestFit(
            bytes.length,
            i -> i + 1,
            i -> {
              asked.add(i);
              return bytes[i];
            },
            (i, taken) -> taken <= limit)
        .find(limit);
  }

  private static long[] growing(List<Integer> steps) {
    long[] bytes = new long[steps.size()];
    long sum = 0;
    for (int i = 0; i < bytes.length; i++) {
      sum += steps.get(i);
      bytes[i] = sum;
    }
    return bytes;
  }

  @Property(tries = 300)
  void isTheLargestThatFitsWhateverTheWayThere(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 1000) Integer> steps,
      @ForAll @LongRange(min = 0, max = 40_000) long limit) {
    long[] bytes = growing(steps);
    int expected = -1;
    while (expected + 1 < bytes.length && bytes[expected + 1] <= limit) {
      expected++;
    }
    List<Integer> asked = new ArrayList<>();
    assertThat(within(bytes, limit, asked).orElse(-1)).isEqualTo(expected);
    assertThat(asked).doesNotHaveDuplicates();
  }

  @Property(tries = 300)
  void moreMemoryIsNeverSmaller(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 1000) Integer> steps,
      @ForAll @LongRange(min = 0, max = 40_000) long limit,
      @ForAll @LongRange(min = 0, max = 5_000) long more) {
    long[] bytes = growing(steps);
    assertThat(within(bytes, limit + more, new ArrayList<>()).orElse(-1))
        .isGreaterThanOrEqualTo(within(bytes, limit, new ArrayList<>()).orElse(-1));
  }

  @Property(tries = 300)
  void whereMemoryGrowsByTheVoxelNothingMuchTooLargeIsTried(
      @ForAll @DoubleRange(min = 0, max = 1e5) double fixed,
      @ForAll @DoubleRange(min = 1, max = 1e4) double each,
      @ForAll @IntRange(min = 1, max = 2000) int fitting) {
    long[] bytes = new long[2000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = Math.round(fixed + each * (i + 1));
    }
    long limit = bytes[fitting - 1];
    List<Integer> asked = new ArrayList<>();
    assertThat(within(bytes, limit, asked)).hasValue(fitting - 1);
    // only the next one, which proves that no larger one fits; roundings may add another
    assertThat(asked).allMatch(i -> i <= fitting + 1);
    assertThat(asked.size()).isLessThan(24);
  }

  @Test
  void nothingFitsWhereThereIsNothing() {
    assertThat(within(new long[0], 9, new ArrayList<>())).isEmpty();
    assertThat(within(new long[] {10, 11}, 9, new ArrayList<>())).isEmpty();
  }
}
