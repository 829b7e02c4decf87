package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.error.NnUNetException;
import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.Volume;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Runs what a recipe names and holds it to its contract; every complaint names the place. */
final class StepChecks {
  private static final String NEXT = "Correct the strategy that the recipe names for this step.";

  private StepChecks() {}

  static String place(String id, String what) {
    return "case " + id + ", " + what;
  }

  /** The result, or an exception that names the place and says what failed. */
  static <T> T guard(String place, Supplier<T> work) {
    try {
      return work.get();
    } catch (PreprocessException e) {
      throw new PreprocessException(e.within(place), e);
    } catch (NnUNetException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failed(place, e);
    }
  }

  /** The state behind a step; what names the case already is left as it is. */
  static StepState run(PreprocessingStep step, StepState before) {
    String place = place(before.id(), "step " + step);
    StepState after;
    try {
      after = Objects.requireNonNull(step.apply(before), "no state behind the step");
    } catch (PreprocessException e) {
      List<Problem> problems =
          e.problems().stream()
              .map(p -> p.where().startsWith(place(before.id(), "")) ? p : p.within(place))
              .toList();
      throw new PreprocessException(problems, e);
    } catch (NnUNetException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failed(place, e);
    }
    contract(place, before.image().channels(), after.image().channels());
    finite(place, after.image());
    return after;
  }

  static void contract(String place, Object expected, Object found) {
    if (!expected.equals(found)) {
      throw broken(place, "extent or channels " + expected, found.toString());
    }
  }

  /** Fails unless all channels hold numbers. */
  static void finite(String place, Volume result) {
    for (int c = 0; c < result.channels(); c++) {
      result
          .notFinite(c)
          .ifPresent(
              p -> {
                throw broken(place, p.expected(), p.found());
              });
    }
  }

  static StrategyException failed(String place, RuntimeException e) {
    return new StrategyException(new Problem(place, "a result", e.toString(), NEXT), e);
  }

  private static StrategyException broken(String place, String expected, String found) {
    return new StrategyException(new Problem(place, expected, found, NEXT));
  }
}
