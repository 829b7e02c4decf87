package io.github.nnunet4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class Mt19937Test {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(61);

  @TestFactory
  Stream<DynamicTest> drawsAsNumPy() throws IOException {
    JsonNode root = Json.read(Path.of("src/test/resources/golden/splits/mt19937.json"));
    return StreamSupport.stream(root.get("cases").spliterator(), false)
        .filter(c -> c.get("seed").isNumber())
        .map(c -> DynamicTest.dynamicTest(name(c), () -> compare(c)));
  }

  private static String name(JsonNode c) {
    return c.get("op").asText() + " " + c.get("seed") + " " + c.path("n").asText();
  }

  private static void compare(JsonNode c) {
    Mt19937 random = new Mt19937(c.get("seed").asLong());
    String op = c.get("op").asText();
    int n = c.path("n").asInt();
    int k = c.path("k").asInt();
    switch (op) {
      case "state after seeding" -> {
        return; // shown by the words that follow from it
      }
      case "raw 32-bit words" -> {
        long[] words = IntStream.range(0, 1252).mapToLong(i -> word(random)).toArray();
        assertRange(c.get("first"), words, 0);
        assertRange(c.get("at_620"), words, 620);
        assertRange(c.get("at_1244"), words, 1244);
      }
      case "random_sample (double, two words each)" ->
          c.get("values").forEach(v -> assertThat(random.nextDouble()).isEqualTo(v.asDouble()));
      case "uniform(low, high)" -> {
        double low = c.get("low").asDouble();
        double range = c.get("high").asDouble() - low;
        c.get("values")
            .forEach(v -> assertThat(low + range * random.nextDouble()).isEqualTo(v.asDouble()));
      }
      case "randint" -> {
        long low = c.get("low").asLong();
        long max = c.get("high").asLong() - low - 1;
        c.get("values").forEach(v -> assertThat(low + random.nextUpTo(max)).isEqualTo(v.asLong()));
      }
      case "randint, one at a time with different ranges" -> {
        for (int i = 0; i < c.get("values").size(); i++) {
          assertThat(random.nextIndex(c.get("highs").get(i).asInt()))
              .isEqualTo(c.get("values").get(i).asInt());
        }
      }
      case "shuffle of 0..n-1" -> {
        int[] values = IntStream.range(0, n).toArray();
        random.shuffle(values);
        assertValues(c, values, 0);
      }
      case "permutation(n)", "permutation(1000000)" -> assertValues(c, random.permutation(n), 0);
      case "choice(n, k, replace=False)" -> assertValues(c, random.chooseDistinct(n, k), 0);
      case "choice(n, 12, replace=True)" -> assertValues(c, random.choose(n, 12), 0);
      case "choice(array, 7, replace=False)" -> assertValues(c, random.chooseDistinct(50, 7), 100);
      case "choice(array, 7, replace=True)" -> assertValues(c, random.choose(50, 7), 100);
      case "choice(100003, 2000000, replace=True)" -> assertValues(c, random.choose(n, k), 0);
      case "choice(4, 20, p)" -> c.get("values").forEach(v -> weighted(random, c.get("p"), v));
      default -> sequence(c, random);
    }
    if (c.has("next_raw_word")) {
      assertThat(word(random)).isEqualTo(c.get("next_raw_word").asLong());
    }
  }

  private static void weighted(Mt19937 random, JsonNode p, JsonNode expected) {
    double draw = random.nextDouble();
    double sum = 0;
    int i = 0;
    while ((sum += p.get(i).asDouble()) <= draw) {
      i++;
    }
    assertThat(i).isEqualTo(expected.asInt());
  }

  private static void sequence(JsonNode c, Mt19937 random) {
    assertThat(c.get("op").asText()).startsWith("sequence on one stream");
    JsonNode values = c.get("values");
    assertThat(random.chooseDistinct(9, 3)).isEqualTo(ints(values.get(0)));
    assertThat(random.choose(5, 2)).isEqualTo(ints(values.get(1)));
    assertThat(random.choose(20, 4)).isEqualTo(ints(values.get(2)));
    assertThat(random.permutation(5)).isEqualTo(ints(values.get(3)));
  }

  private static long word(Mt19937 random) {
    return Integer.toUnsignedLong(random.nextWord());
  }

  private static int[] ints(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  private static void assertRange(JsonNode expected, long[] words, int from) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(words[from + i]).isEqualTo(expected.get(i).asLong());
    }
  }

  private static void assertValues(JsonNode c, int[] values, int offset) {
    if (c.has("values")) {
      assertThat(Arrays.stream(values).map(v -> v + offset).toArray())
          .isEqualTo(ints(c.get("values")));
      return;
    }
    int[] first = ints(c.get("first"));
    int[] last = ints(c.get("last"));
    assertThat(Arrays.copyOf(values, first.length)).isEqualTo(first);
    assertThat(Arrays.copyOfRange(values, values.length - last.length, values.length))
        .isEqualTo(last);
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < values.length; i++) {
      sum = sum.add(BigInteger.valueOf((long) i * values[i]));
    }
    assertThat(sum.mod(MODULUS).longValueExact())
        .isEqualTo(c.get("sum_times_index_mod_2_61").asLong());
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    assertThatThrownBy(() -> new Mt19937(-1)).hasMessageContaining("4294967295");
    Mt19937 random = new Mt19937(0);
    assertThatThrownBy(() -> random.nextIndex(0)).hasMessageContaining("number of choices");
    assertThatThrownBy(() -> random.chooseDistinct(3, 4)).hasMessageContaining("different");
  }
}
