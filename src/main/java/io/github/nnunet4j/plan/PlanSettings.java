package io.github.nnunet4j.plan;

import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values behind {@link Plan} and its builder. A builder changes its own, a plan keeps a copy
 * that nobody changes.
 */
final class PlanSettings extends Settings<PlanSettings> {
  final String datasetName;
  String plansName = "nnUNetPlans";
  @Nullable Spacing originalMedianSpacing;
  @Nullable Extent originalMedianExtent;
  String imageReaderWriter = "SimpleITKIO";
  List<Integer> axisOrder = List.of(0, 1, 2);
  List<Configuration> configurations = new ArrayList<>();
  String experimentPlanner = "ExperimentPlanner";
  String labelManager = "LabelManager";
  List<IntensityStatistics> intensities = List.of();
  Map<String, String> extras = Map.of();

  /** Of the history of the plan, not of what it says: no part of equality. */
  Optional<PlanOrigin> origin = Optional.empty();

  PlanSettings(String datasetName) {
    this.datasetName = Objects.requireNonNull(datasetName, "datasetName");
  }

  Spacing originalMedianSpacing() {
    return Objects.requireNonNull(originalMedianSpacing, "median spacing");
  }

  Extent originalMedianExtent() {
    return Objects.requireNonNull(originalMedianExtent, "median extent");
  }

  /** The same values for another builder to change. */
  PlanSettings copy() {
    PlanSettings copy = sameFields();
    copy.configurations = new ArrayList<>(configurations);
    return copy;
  }

  /** A copy with nothing missing, whose heirs are marked with what they state themselves. */
  PlanSettings complete() {
    PlanSettings all = copy();
    all.originalMedianSpacing = originalMedianSpacing();
    all.originalMedianExtent = originalMedianExtent();
    all.axisOrder = List.copyOf(axisOrder);
    all.configurations = Inheritance.settle(configurations);
    all.intensities = List.copyOf(intensities);
    all.extras = Collections.unmodifiableMap(new LinkedHashMap<>(extras));
    return all;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PlanSettings that && all().equals(that.all());
  }

  @Override
  public int hashCode() {
    return all().hashCode();
  }

  private List<Object> all() {
    return List.of(
        List.of(datasetName, plansName, originalMedianSpacing(), originalMedianExtent()),
        List.of(imageReaderWriter, axisOrder, configurations),
        List.of(experimentPlanner, labelManager, intensities, extras));
  }
}
