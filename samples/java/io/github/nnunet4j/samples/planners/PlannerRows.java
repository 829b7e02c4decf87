package io.github.nnunet4j.samples.planners;

import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/** All rows of planners: an nnU-Net planner is found by its name. */
public final class PlannerRows {
  private PlannerRows() {}

  /**
   * The rows of one group.
   *
   * @param title as it stands on the guide page
   * @param source the simple name of the class that holds them
   * @param rows in the order of the page
   */
  public record Group(String title, String source, List<PlannerRow> rows) {}

  /**
   * All groups.
   *
   * @return in the order of the page
   */
  public static List<Group> groups() {
    return List.of(
        new Group("Planners of v2", "PlannersV2", PlannersV2.rows()),
        new Group("Planners of v1: the defaults, and other sizes", "SizesV1", SizesV1.rows()),
        new Group("Planners of v1: single rules", "RulesV1", RulesV1.rows()),
        new Group("Planners of v1: residual encoders", "ResidualsV1", ResidualsV1.rows()));
  }

  /**
   * All rows.
   *
   * @return in the order of the page
   */
  public static Stream<PlannerRow> rows() {
    return groups().stream().flatMap(group -> group.rows().stream());
  }

  /**
   * The row of a class.
   *
   * @param version of nnU-Net
   * @param name of the class, such as {@code ExperimentPlanner3D_v22}
   * @return its row
   * @throws NoSuchElementException if there is none of that name
   */
  public static PlannerRow find(Version version, String name) {
    return rows()
        .filter(row -> row.version() == version && row.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException(version + " " + name));
  }
}
