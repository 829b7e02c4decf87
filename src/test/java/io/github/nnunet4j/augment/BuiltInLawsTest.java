package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.laws.AugmentationLaws;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Group;

/** The laws on everything built in. */
@SuppressWarnings("ClassCanBeStatic") // groups of jqwik are inner classes
class BuiltInLawsTest {
  private static final Extent PATCH = Extent.of(8, 10, 9);
  private static final Spatial.Motion WILD =
      new Spatial.Motion(
          new Spatial.Rotation(1, 0.5, 1),
          new Spatial.Scaling(0.5, Draws.uniform(0.5, 2), true),
          Elastic.NONE);

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
      return new Spatial(PATCH, false, WILD, Spatial.Sampling.LINEAR, Spatial.Form.V2);
    }
  }

  @Group
  class SplineLaws extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      return new Spatial(PATCH, false, WILD, Spatial.Sampling.SPLINE, Spatial.Form.V1);
    }
  }

  @Group
  class ReflectedLaws extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      return new Spatial(
          PATCH,
          false,
          WILD,
          Spatial.Sampling.LINEAR.withOutside(Outside.REFLECTED),
          Spatial.Form.V2);
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
  class ElasticLaws extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      Elastic elastic =
          new Elastic(1, Draws.uniform(0.1, 0.2), Draws.uniform(0.5, 2), 0, Elastic.Kind.V2);
      return Augmentations.standard(PATCH, b -> b.elastic(elastic));
    }
  }

  @Group
  class VersionOneLaws extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      return Augmentations.standard(PATCH, StandardChain.V1);
    }
  }

  @Group
  class Da3Laws extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      return Augmentations.standard(PATCH, StandardChain.V1_DA3);
    }
  }

  @Group
  class Da3SlicesLaws extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      return Augmentations.standard(PATCH, b -> b.chain(StandardChain.V1_DA3).dummy2d(true));
    }
  }

  @Group
  class InsaneLaws extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      return Augmentations.standard(PATCH, StandardChain.V1_INSANE);
    }
  }

  @Group
  class Da5Laws extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      return Augmentations.standard(expectedExtent(), StandardChain.V2_DA5);
    }

    @Override
    protected Extent expectedExtent() {
      return Extent.of(12, 12, 9);
    }
  }

  @Group
  class Da5FirstLaws extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      return Augmentations.standard(expectedExtent(), StandardChain.V1_DA5);
    }

    @Override
    protected Extent expectedExtent() {
      return Extent.of(12, 12, 12);
    }
  }

  @Group
  class CascadeLaws extends AugmentationLaws {
    @Override
    protected Augmentation augmentation() {
      return Augmentations.standard(
          PATCH, b -> b.cascade(CascadeInput.v2EveryLabel(List.of(1, 2, 3))));
    }

    @Override
    protected Sample sample() {
      Sample plain = super.sample();
      return new Sample(plain.image(), plain.labels(), Optional.of(plain.labels()));
    }

    @Override
    protected int expectedChannels() {
      return 5;
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
                      0.5, (voxels, extent, random) -> voxels[random.nextInt(voxels.length)] = 1)
                  .repeat(3));
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
