package io.github.nnunet4j.samples.planners;

import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.Planner;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A planner class of nnU-Net, and the planner that one hands over instead.
 *
 * @param version whose class it is; v1 and v2 share a name
 * @param name of the class
 * @param about what its plans are like
 * @param difference what is not as in the reference; empty for nothing
 * @param expressions the planner
 */
public record PlannerRow(
    Version version, String name, String about, String difference, Expressions expressions) {
  /**
   * The plan of another data set.
   *
   * @param plan that weights were trained with
   * @param name of that data set
   */
  public record Source(Plan plan, String name) {}

  /**
   * The planner as the class was released and, where its code slips, as it was meant.
   *
   * @param released may ask for the plan of another data set
   * @param corrected empty where there is nothing to correct
   */
  public record Expressions(
      Function<Optional<Source>, Planner> released, Optional<Supplier<Planner>> corrected) {}

  /**
   * A class of v1.
   *
   * @param name of the class
   * @param planner with the plans of the class
   * @return a row
   */
  public static PlannerRow v1(String name, Supplier<Planner> planner) {
    return row(Version.V1, name, source -> planner.get());
  }

  /**
   * A class of v1 that starts from the plan of another data set.
   *
   * @param name of the class
   * @param planner of that plan and the name of its data set
   * @return a row
   */
  public static PlannerRow v1From(String name, BiFunction<Plan, String, Planner> planner) {
    return row(
        Version.V1,
        name,
        source ->
            source
                .map(given -> planner.apply(given.plan, given.name))
                .orElseThrow(
                    () -> new NoSuchElementException(name + " needs the plan of another data")));
  }

  /**
   * A class of v2.
   *
   * @param name of the class
   * @param planner with the plans of the class
   * @return a row
   */
  public static PlannerRow v2(String name, Supplier<Planner> planner) {
    return row(Version.V2, name, source -> planner.get());
  }

  private static PlannerRow row(
      Version version, String name, Function<Optional<Source>, Planner> released) {
    return new PlannerRow(version, name, "", "", new Expressions(released, Optional.empty()));
  }

  /**
   * Adds the planner as it was meant, which is the one to take for new models.
   *
   * @param planner without the slip of the class
   * @return the row with it
   */
  public PlannerRow corrected(Supplier<Planner> planner) {
    return new PlannerRow(
        version,
        name,
        about,
        difference,
        new Expressions(expressions.released, Optional.of(planner)));
  }

  /**
   * Says what the plans are like.
   *
   * @param text part of a sentence
   * @return the row with it
   */
  public PlannerRow plans(String text) {
    return new PlannerRow(version, name, text, difference, expressions);
  }

  /**
   * Says what is not as in the reference.
   *
   * @param text part of a sentence
   * @return the row with it
   */
  public PlannerRow differs(String text) {
    return new PlannerRow(version, name, about, text, expressions);
  }

  /**
   * The planner whose plans equal those of the class.
   *
   * @return a planner
   * @throws NoSuchElementException if it starts from the plan of another data set
   */
  public Planner asReleased() {
    return expressions.released.apply(Optional.empty());
  }

  /**
   * The planner whose plans equal those of the class.
   *
   * @param source plan of another data set, of use to {@link #v1From} alone
   * @param dataset the name of that data set
   * @return a planner
   */
  public Planner asReleased(Plan source, String dataset) {
    return expressions.released.apply(Optional.of(new Source(source, dataset)));
  }

  /**
   * The planner without the slips of the class.
   *
   * @return the corrected planner; where there is none, that of {@link #asReleased()}
   * @throws NoSuchElementException if it starts from the plan of another data set
   */
  public Planner asMeant() {
    return expressions.corrected.map(Supplier::get).orElseGet(this::asReleased);
  }

  @Override
  public String toString() {
    return version + " " + name;
  }
}
