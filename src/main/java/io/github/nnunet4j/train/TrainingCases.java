package io.github.nnunet4j.train;

import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import java.util.List;

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
