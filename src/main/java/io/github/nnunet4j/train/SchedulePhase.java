package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.Checks;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rates of the first epochs of a training; what comes {@link #then} sees the epochs after them
 * as if the training began there. Made by {@link OptimizerSchedules#warmUp} and {@link
 * OptimizerSchedule#forEpochs}. How phases are put together makes no difference: {@code
 * a.then(b).then(c)} equals {@code a.then(b.then(c))}.
 */
public final class SchedulePhase {
  private final List<Part> parts;

  private SchedulePhase(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** A rise to the first rate of what follows. */
  static SchedulePhase rise(int epochs) {
    return new SchedulePhase(List.of(new Part(epochs, Optional.empty())));
  }

  static SchedulePhase of(int epochs, OptimizerSchedule schedule) {
    return new SchedulePhase(List.of(new Part(epochs, Optional.of(schedule))));
  }

  /**
   * The length of this phase.
   *
   * @return in epochs, at least 1
   */
  public int epochs() {
    return parts.stream().mapToInt(Part::epochs).reduce(0, Math::addExact);
  }

  /**
   * Another phase after this one.
   *
   * @param next begins where this one ends
   * @return both
   */
  public SchedulePhase then(SchedulePhase next) {
    return new SchedulePhase(joined(parts, next.parts));
  }

  /**
   * A schedule for the rest of the training.
   *
   * @param last begins where this phase ends and sees the remaining epochs; one at least, if the
   *     training is not longer than this phase
   * @return a schedule
   */
  public OptimizerSchedule then(OptimizerSchedule last) {
    Objects.requireNonNull(last, "last");
    return last instanceof Sequence sequence
        ? new Sequence(joined(parts, sequence.parts), sequence.last)
        : new Sequence(parts, last);
  }

  private static List<Part> joined(List<Part> first, List<Part> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SchedulePhase that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  @Override
  public String toString() {
    return chained(parts.stream());
  }

  private static String chained(Stream<?> links) {
    return links.map(Object::toString).reduce((a, b) -> a + ".then(" + b + ")").orElseThrow();
  }

  /** Some epochs with a schedule, or of a rise to what follows. */
  private record Part(int epochs, Optional<OptimizerSchedule> schedule) {
    Part {
      Checks.positive(epochs, "epochs");
    }

    /** The rates at a progress that counts from the beginning of this part. */
    Rates at(Progress progress, OptimizerSchedule rest) {
      if (schedule.isPresent()) {
        return schedule.get().at(progress.within(0, epochs));
      }
      int remaining = Math.max(1, progress.epochs() - epochs);
      Rates first = rest.at(new Progress(0, remaining));
      double rate = first.learningRate() / epochs * (progress.epoch() + 1);
      return new Rates(rate, first.momentum());
    }

    @Override
    public String toString() {
      return schedule.map(s -> s + ".forEpochs(" + epochs + ")").orElse("warmUp(" + epochs + ")");
    }
  }

  /** Phases and what follows them. */
  private record Sequence(List<Part> parts, OptimizerSchedule last) implements OptimizerSchedule {
    @Override
    public Rates at(Progress progress) {
      Part part = parts.get(0);
      OptimizerSchedule rest =
          parts.size() == 1 ? last : new Sequence(parts.subList(1, parts.size()), last);
      if (progress.epoch() < part.epochs()) {
        return part.at(progress, rest);
      }
      int remaining = Math.max(1, progress.epochs() - part.epochs());
      return rest.at(progress.within(part.epochs(), remaining));
    }

    @Override
    public String toString() {
      return chained(Stream.concat(parts.stream(), Stream.of(last)));
    }
  }
}
