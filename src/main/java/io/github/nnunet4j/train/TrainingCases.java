package io.github.nnunet4j.train;

import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.preprocess.ClassLocations;
import io.github.nnunet4j.preprocess.PreparedCase;
import java.util.List;
import java.util.stream.IntStream;

/** Makes training cases. */
public final class TrainingCases {
  private TrainingCases() {}

  /**
   * A case held in memory.
   *
   * @param id the case id
   * @param whole image and labels of the whole prepared case
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
    ClassLocations locations = prepared.classLocations();
    List<ClassVoxels> classes =
        IntStream.range(0, locations.keys().size())
            .mapToObj(
                key ->
                    new ClassVoxels(
                        locations.keys().get(key),
                        locations.count(key),
                        (voxel, axis) -> locations.coordinate(key, voxel, axis)))
            .toList();
    return new Stored(prepared, classes);
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

  private record InMemory(String id, Sample whole, List<ClassVoxels> classes)
      implements TrainingCase {
    @Override
    public Extent extent() {
      return whole.image().grid().extent();
    }

    @Override
    public Sample read(Box box) {
      return PaddedPatch.read(
          extent(),
          box,
          whole.image().channels(),
          inner -> new Sample(whole.image().crop(inner), whole.labels().crop(inner)));
    }
  }
}
