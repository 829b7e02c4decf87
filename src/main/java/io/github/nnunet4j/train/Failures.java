package io.github.nnunet4j.train;

import ai.djl.engine.EngineException;
import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.error.NnUNetException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.error.TrainingException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Says whose failure it was, where, and what to do next. */
final class Failures {
  private static final int BRIEF = 120;
  private static final Pattern NO_MEMORY =
      Pattern.compile("allocate memory|out of memory|bad_alloc", Pattern.CASE_INSENSITIVE);

  private Failures() {}

  /**
   * Runs a strategy.
   *
   * @param what the strategy
   * @param where the place in the training
   * @throws StrategyException if it fails
   * @throws TrainingException if the memory does not suffice
   */
  static <T> T blame(String what, String where, Supplier<T> action) {
    try {
      return action.get();
    } catch (CancelledException e) {
      throw e;
    } catch (NnUNetException e) {
      throw new StrategyException(e.within(where), e);
    } catch (EngineException e) {
      if (isOutOfMemory(e)) {
        throw outOfMemory(where, e);
      }
      throw failed(what, where, e);
    } catch (RuntimeException e) {
      throw failed(what, where, e);
    }
  }

  /**
   * Whether a failure, or what caused it, is want of memory: on the heap, beside it, on a device.
   */
  static boolean isOutOfMemory(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof OutOfMemoryError
          || (e instanceof EngineException
              && NO_MEMORY.matcher(String.valueOf(e.getMessage())).find())) {
        return true;
      }
    }
    return false;
  }

  /** Neither the engine's memory nor the heap is large enough for a step. */
  static TrainingException outOfMemory(String where, Throwable e) {
    return new TrainingException(
        new Problem(
            where,
            "enough memory for a step",
            firstLine(e),
            "Choose a smaller patch, batch or network, or give the JVM more heap; the last"
                + " checkpoint is intact."),
        e);
  }

  private static StrategyException failed(String what, String where, RuntimeException e) {
    return new StrategyException(
        new Problem(
            where + ", " + what,
            "no failure",
            firstLine(e),
            "Its own stack trace follows; the last checkpoint is intact."),
        e);
  }

  /** What a strategy is called in a message; long chains are cut. */
  static String brief(Object strategy) {
    String name = Problem.nameOf(strategy);
    return name.length() <= BRIEF ? name : name.substring(0, BRIEF) + "...";
  }

  private static String firstLine(Throwable e) {
    return e.toString().lines().findFirst().orElse("");
  }
}
