package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.laws.AugmentationLaws;
import java.util.Set;
import net.jqwik.api.Group;

/** The laws on everything built in. */
@SuppressWarnings("ClassCanBeStatic") // groups of jqwik are inner classes
class BuiltInLawsTest {
  private static final Extent PATCH = Extent.of(8, 10, 9);

  @Group
  class StandardLaws extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      return Augmentations.standard(PATCH, b -> b.maskedChannels(Set.of(1)));
    }
  }

  @Group
  class Dummy2dLaws extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      return Augmentations.standard(PATCH, b -> b.dummy2d(true).mirrorAxes(1));
    }
  }

  @Group
  class SpatialLaws extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      return new Spatial(
          PATCH,
          false,
          new Spatial.Rotation(1, 0.5, 1),
          new Spatial.Scaling(0.5, Draws.uniform(0.5, 2), true),
          Spatial.Sampling.LINEAR);
    }
  }

  @Group
  class NearestLaws extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      return Augmentations.standard(PATCH, b -> b.sampling(Spatial.Sampling.NEAREST));
    }
  }

  @Group
  class IntensityLaws extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      return Augmentations.noise()
          .then(Augmentations.blur())
          .then(Augmentations.brightness())
          .then(Augmentations.contrast())
          .then(Augmentations.lowResolution())
          .then(Augmentations.gamma())
          .then(Augmentations.invertedGamma());
    }
  }

  @Group
  class CombinedLaws extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      Augmentation lambda = (sample, random) -> sample;
      return Augmentations.oneOf(Augmentations.mirror(0, 2), Augmentations.none(), lambda)
          .then(
              Augmentations.perChannel(
                  0.5, (voxels, extent, random) -> voxels[random.nextInt(voxels.length)] = 1));
    }
  }

  @Group
  class IdentityLaws extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      return Augmentations.identity();
    }
  }
}
