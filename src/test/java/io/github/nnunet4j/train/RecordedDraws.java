package io.github.nnunet4j.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/** Replays recorded draws and checks that what is asked for is what was drawn. */
final class RecordedDraws implements RandomGenerator {
  private final Deque<JsonNode> draws = new ArrayDeque<>();

  RecordedDraws(Iterable<JsonNode> recorded) {
    recorded.forEach(draws::add);
  }

  int left() {
    return draws.size();
  }

  boolean used() {
    return draws.isEmpty();
  }

  @Override
  public int nextInt(int bound) {
    JsonNode draw = draws.remove();
    JsonNode options = draw.get("options");
    if (options != null) {
      require(draw, options.size() == bound, "one of " + bound);
      int index = 0;
      while (!options.get(index).equals(draw.get("value"))) {
        index++;
      }
      return index;
    }
    require(draw, draw.get("count").asInt() == bound, "index below " + bound);
    return draw.get("value").asInt();
  }

  @Override
  public int nextInt(int low, int high) {
    JsonNode draw = draws.remove();
    boolean same = draw.get("low").asInt() == low && draw.get("high_exclusive").asInt() == high;
    require(draw, same, "integer " + low + " to " + high);
    return draw.get("value").asInt();
  }

  @Override
  public double nextDouble() {
    JsonNode draw = draws.remove();
    require(draw, draw.get("kind").asText().equals("uniform"), "uniform");
    return draw.get("value").asDouble();
  }

  @Override
  public long nextLong() {
    throw new AssertionError("no such draw was recorded");
  }

  private static void require(JsonNode draw, boolean ok, String asked) {
    if (!ok) {
      throw new AssertionError("recorded " + draw + ", asked for " + asked);
    }
  }
}
