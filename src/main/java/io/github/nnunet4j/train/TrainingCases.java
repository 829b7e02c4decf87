package io.github.nnunet4j.train;

import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.NonzeroCrop;
import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.preprocess.ClassLocations;
import io.github.nnunet4j.preprocess.PreparedCase;
import io.github.nnunet4j.preprocess.StageLabels;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes training cases. */
public final class TrainingCases {
  private TrainingCases() {}

  /**
   * A case held in memory.
   *
   * @param id the case id
   * @param whole image and labels of the whole prepared case, and in a cascade those of the
   *     previous stage
   * @param classes voxels of each class
   * @return the case
   */
  public static TrainingCase inMemory(String id, Sample whole, List<ClassVoxels> classes) {
    return new InMemory(id, whole, List.copyOf(classes));
  }

  /**
   * A case of the prepared store.
   *
   * @param prepared with labels
   * @return the case; reads patches only
   */
  public static TrainingCase of(PreparedCase prepared) {
    return new Stored(prepared, classes(prepared));
  }

  /**
   * A case of the prepared store with what the previous stage of a cascade has predicted for it;
   * outside of the case those labels are -1.
   *
   * @param prepared with labels
   * @param previous of the same extent
   * @return the case; reads patches only
   */
  public static TrainingCase of(PreparedCase prepared, StageLabels previous) {
    Checks.argument(
        prepared.extent().equals(previous.extent()),
        "case %s has %s voxels, the prediction of its previous stage %s",
        prepared.id(),
        prepared.extent(),
        previous.extent());
    return new Staged(prepared, previous, classes(prepared));
  }

  private static List<ClassVoxels> classes(PreparedCase prepared) {
    ClassLocations locations = prepared.classLocations();
    return IntStream.range(0, locations.keys().size())
        .mapToObj(
            key ->
                new ClassVoxels(
                    locations.keys().get(key),
                    locations.count(key),
                    (voxel, axis) -> locations.coordinate(key, voxel, axis)))
        .toList();
  }

  private record Stored(PreparedCase prepared, List<ClassVoxels> classes) implements TrainingCase {
    @Override
    public String id() {
      return prepared.id();
    }

    @Override
    public Extent extent() {
      return prepared.extent();
    }

    @Override
    public Sample read(Box box) {
      return new Sample(prepared.readImage(box), prepared.readLabels(box));
    }
  }

  private record Staged(PreparedCase prepared, StageLabels previous, List<ClassVoxels> classes)
      implements TrainingCase {
    @Override
    public String id() {
      return prepared.id();
    }

    @Override
    public Extent extent() {
      return prepared.extent();
    }

    @Override
    public Sample read(Box box) {
      return new Sample(
          prepared.readImage(box), prepared.readLabels(box), Optional.of(previous.read(box)));
    }
  }

  private record InMemory(String id, Sample whole, List<ClassVoxels> classes)
      implements TrainingCase {
    @Override
    public Extent extent() {
      return whole.image().grid().extent();
    }

    @Override
    public Sample read(Box box) {
      // nnU-Net gives a box that misses the image no padding label but zeros
      boolean misses = false;
      for (int axis = 0; axis < 3; axis++) {
        misses |= box.to(axis) <= 0 || box.from(axis) >= extent().get(axis);
      }
      short outside = misses ? 0 : NonzeroCrop.OUTSIDE;
      Grid plain = Grid.of(box.size(), whole.image().grid().spacing());
      return new Sample(
          whole.image().padded(box).withGrid(plain),
          whole.labels().padded(box, outside).withGrid(plain),
          whole.previous().map(map -> map.padded(box, outside).withGrid(plain)));
    }
  }
}
