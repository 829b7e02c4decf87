package io.github.nnunet4j.plan;

import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was decided for a data set (nnU-Net v2 {@code plans.json}): its configurations by
 * name and what they have in common. Immutable; edits give a new plan.
 */
public final class Plan {
  private final PlanSettings all;

  private Plan(PlanSettings settings) {
    all = settings.complete();
    List<Problem> problems = PlanRules.check(this);
    if (!problems.isEmpty()) {
      throw new PlanException(problems);
    }
  }

  /**
   * A builder without configurations.
   *
   * @param datasetName such as Dataset004_Hippocampus
   * @return a new builder
   */
  public static Builder builder(String datasetName) {
    return new Builder(new PlanSettings(datasetName));
  }

  /** {@return a new builder that starts from this plan} */
  public Builder toBuilder() {
    return new Builder(all.copy());
  }

  /** {@return the name of the data set, such as Dataset004_Hippocampus} */
  public String datasetName() {
    return all.datasetName;
  }

  /** {@return the name of this plan, such as nnUNetPlans} */
  public String plansName() {
    return all.plansName;
  }

  /** {@return the median spacing of the cases as they came, in the order after transposition} */
  public Spacing originalMedianSpacing() {
    return all.originalMedianSpacing();
  }

  /** {@return the median extent of the cases as they came, in the order after transposition} */
  public Extent originalMedianExtent() {
    return all.originalMedianExtent();
  }

  /** {@return nnU-Net's word for what reads the images, such as SimpleITKIO} */
  public String imageReaderWriter() {
    return all.imageReaderWriter;
  }

  /**
   * {@return for each axis of the network grid, the axis of the image it takes ({@code
   * transpose_forward})}
   */
  public List<Integer> axisOrder() {
    return all.axisOrder;
  }

  /**
   * {@return for each axis of the image, the axis of the network grid it takes ({@code
   * transpose_backward})}
   */
  public List<Integer> inverseAxisOrder() {
    return List.of(axisOrder().indexOf(0), axisOrder().indexOf(1), axisOrder().indexOf(2));
  }

  /** {@return the configurations in order} */
  public List<Configuration> configurations() {
    return all.configurations;
  }

  /** {@return the names of the configurations in order} */
  public List<String> names() {
    return all.configurations.stream().map(Configuration::name).toList();
  }

  /**
   * {@return whether there is a configuration of this name}
   *
   * @param name such as 3d_lowres
   */
  public boolean has(String name) {
    return find(name).isPresent();
  }

  /**
   * A configuration.
   *
   * @param name such as 3d_fullres
   * @return the configuration with all it inherits
   * @throws PlanException naming the known ones if there is none of that name
   */
  public Configuration configuration(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new PlanException(
                    new Problem(
                        "plan " + plansName(),
                        "one of the configurations " + names(),
                        "\"" + name + "\"",
                        "Ask for one of these, or add it with Plan.with or Plan.inheriting.")));
  }

  private Optional<Configuration> find(String name) {
    return all.configurations.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /** {@return the word for the planner that made this plan, such as ExperimentPlanner} */
  public String experimentPlanner() {
    return all.experimentPlanner;
  }

  /**
   * {@return nnU-Net's word for how labels are understood; training and prediction know
   * LabelManager alone}
   */
  public String labelManager() {
    return all.labelManager;
  }

  /** {@return foreground intensities of the training cases, per channel} */
  public List<IntensityStatistics> intensities() {
    return all.intensities;
  }

  /**
   * Entries of a plans file that nnunet4j has no use for. They are kept and written back.
   *
   * @return key to JSON text
   */
  public Map<String, String> extras() {
    return all.extras;
  }

  /** {@return where this plan came from, if that is known; makes it no other plan than its twin} */
  public Optional<PlanOrigin> origin() {
    return all.origin;
  }

  /**
   * {@return as text, why spacing, patch, network and batch of each configuration are as they are}
   */
  public String explain() {
    return PlanExplanation.of(this);
  }

  /**
   * Changes one configuration. Those that inherit from it follow in everything they do not state
   * themselves.
   *
   * @param name of the configuration
   * @param edit is given a builder that starts from it
   * @return a new plan
   * @throws PlanException if there is none of that name, or the result breaks a rule
   */
  public Plan with(String name, Consumer<Configuration.Builder> edit) {
    Configuration.Builder builder = configuration(name).toBuilder();
    edit.accept(builder);
    return with(builder.name(name).build());
  }

  /**
   * Adds a configuration, or replaces the one of its name.
   *
   * @param configuration the configuration
   * @return a new plan
   * @throws PlanException if the result breaks a rule
   */
  public Plan with(Configuration configuration) {
    return toBuilder()
        .configurations(Inheritance.replace(all.configurations, configuration))
        .build();
  }

  /**
   * Adds a configuration that inherits from another, as {@code "inherits_from"} does in a plans
   * file.
   *
   * @param name of the new configuration, such as 3d_fullres_bs40
   * @param parent name of the configuration to inherit from
   * @param edit what is different; data prepared otherwise needs its own {@code dataIdentifier}
   * @return a new plan
   * @throws PlanException if the parent is missing, or the result breaks a rule
   */
  public Plan inheriting(String name, String parent, Consumer<Configuration.Builder> edit) {
    Configuration.Builder builder =
        configuration(parent).toBuilder().name(name).extras(Map.of()).inheritsFrom(parent);
    edit.accept(builder);
    return with(builder.name(name).build());
  }

  /**
   * Removes a configuration.
   *
   * @param name of the configuration; nothing happens if there is none
   * @return a new plan
   * @throws PlanException if another configuration needs it
   */
  public Plan without(String name) {
    return toBuilder()
        .configurations(all.configurations.stream().filter(c -> !c.name().equals(name)).toList())
        .build();
  }

  /** {@return the plan as a readable table, one column per configuration} */
  public String toTable() {
    return PlanTable.of(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Plan that && all.equals(that.all);
  }

  @Override
  public int hashCode() {
    return all.hashCode();
  }

  @Override
  public String toString() {
    return toTable();
  }

  /** Collects the parts of a plan. */
  public static final class Builder {
    private final PlanSettings all;

    private Builder(PlanSettings all) {
      this.all = all;
    }

    /**
     * Sets the name of the plan.
     *
     * @param value such as nnUNetPlans
     * @return this builder
     */
    public Builder plansName(String value) {
      all.plansName = value;
      return this;
    }

    /**
     * Sets the median spacing of the cases as they came.
     *
     * @param value rank 3, in the order after transposition
     * @return this builder
     */
    public Builder originalMedianSpacing(Spacing value) {
      all.originalMedianSpacing = value;
      return this;
    }

    /**
     * Sets the median extent of the cases as they came.
     *
     * @param value rank 3, in the order after transposition
     * @return this builder
     */
    public Builder originalMedianExtent(Extent value) {
      all.originalMedianExtent = value;
      return this;
    }

    /**
     * Sets nnU-Net's word for what reads the images.
     *
     * @param value such as SimpleITKIO
     * @return this builder
     */
    public Builder imageReaderWriter(String value) {
      all.imageReaderWriter = value;
      return this;
    }

    /**
     * Sets the transposition.
     *
     * @param value for each axis of the network grid, the axis of the image it takes
     * @return this builder
     */
    public Builder axisOrder(List<Integer> value) {
      all.axisOrder = value;
      return this;
    }

    /**
     * Replaces the configurations.
     *
     * @param value in order, each name once
     * @return this builder
     */
    public Builder configurations(Collection<Configuration> value) {
      all.configurations = new ArrayList<>(value);
      return this;
    }

    /**
     * Adds a configuration.
     *
     * @param value of a new name
     * @return this builder
     */
    public Builder configuration(Configuration value) {
      all.configurations.add(value);
      return this;
    }

    /**
     * Sets the word for the planner.
     *
     * @param value such as ExperimentPlanner
     * @return this builder
     */
    public Builder experimentPlanner(String value) {
      all.experimentPlanner = value;
      return this;
    }

    /**
     * Sets nnU-Net's word for how labels are understood.
     *
     * @param value such as LabelManager
     * @return this builder
     */
    public Builder labelManager(String value) {
      all.labelManager = value;
      return this;
    }

    /**
     * Sets the foreground intensities.
     *
     * @param value per channel
     * @return this builder
     */
    public Builder intensities(List<IntensityStatistics> value) {
      all.intensities = value;
      return this;
    }

    /**
     * Sets where the plan came from.
     *
     * @param value kept by edits; {@link Plan#explain} tells what was changed since
     * @return this builder
     */
    public Builder origin(PlanOrigin value) {
      all.origin = Optional.of(value);
      return this;
    }

    /**
     * Replaces the further entries of the plans file.
     *
     * @param value key to JSON text
     * @return this builder
     */
    public Builder extras(Map<String, String> value) {
      all.extras = value;
      return this;
    }

    /**
     * The plan.
     *
     * @return an immutable value
     * @throws NullPointerException if median spacing or extent are missing
     * @throws PlanException listing every rule that is broken
     */
    public Plan build() {
      return new Plan(all);
    }
  }
}
