package io.github.nnunet4j.plan;

/** The built-in changes of finished plans. */
public final class RevisionRules {
  private RevisionRules() {}

  /**
   * No change.
   *
   * @return the rule
   */
  public static RevisionRule none() {
    return new None();
  }

  /**
   * The plan of another data set, whole: its spacing, patches, networks, normalizations and
   * intensity statistics, so that weights trained with it fit and see the intensities that they
   * know ({@code ExperimentPlanner3D_v21_Pretrained}). Names stay one's own.
   *
   * @param source the plan to take over
   * @param identifiers names of the prepared data, by the plan's own name
   * @return the rule
   */
  public static RevisionRule takenFrom(Plan source, Planner.IdentifierRule identifiers) {
    return new TakenFrom(source, identifiers);
  }

  private record None() implements RevisionRule {
    @Override
    public Plan revise(Plan plan) {
      return plan;
    }
  }

  private record TakenFrom(Plan source, Planner.IdentifierRule identifiers)
      implements RevisionRule {
    @Override
    public Plan revise(Plan own) {
      Plan plan =
          Plan.builder(own.datasetName())
              .plansName(own.plansName())
              .experimentPlanner(own.experimentPlanner())
              .imageReaderWriter(own.imageReaderWriter())
              .originalMedianSpacing(source.originalMedianSpacing())
              .originalMedianExtent(source.originalMedianExtent())
              .axisOrder(source.axisOrder())
              .configurations(source.configurations())
              .labelManager(source.labelManager())
              .intensities(source.intensities())
              .extras(source.extras())
              .build();
      for (Configuration c : source.configurations()) {
        if (c.inheritsFrom().isEmpty() || c.stated().contains(ConfigurationPart.DATA_IDENTIFIER)) {
          String identifier = identifiers.name(own.plansName(), c.name());
          plan = plan.with(c.name(), edit -> edit.dataIdentifier(identifier));
        }
      }
      return plan;
    }
  }
}
