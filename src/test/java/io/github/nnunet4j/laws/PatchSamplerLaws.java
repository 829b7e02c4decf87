package io.github.nnunet4j.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.train.ClassVoxels;
import io.github.nnunet4j.train.PatchSampler;
import io.github.nnunet4j.train.PatchSampler.Patch;
import io.github.nnunet4j.train.SampleSlot;
import io.github.nnunet4j.train.TrainingCase;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every patch sampler promises, on cases larger and smaller than the patch, with and without
 * foreground. Extend it for one of your own:
 *
 * <pre>{@code
 * class MySamplerTest extends PatchSamplerLaws {
 *   protected Extent cut() {
 *     return Extent.of(8, 10, 9);
 *   }
 *   protected PatchSampler sampler() {
 *     return new MySampler(cut());
 *   }
 * }
 * }</pre>
 */
public abstract class PatchSamplerLaws {
  private static final int CLASSES = 3;
  private static final int DRAWS = 200;

  /** A new sampler under test; each call makes an equal one. */
  protected abstract PatchSampler sampler();

  /** The extent of every box it chooses (z, y, x). */
  protected abstract Extent cut();

  /** The cases it chooses from. */
  protected List<? extends TrainingCase> cases() {
    Extent large = Extent.of(3, a -> 2 * cut().get(a) + 3);
    Extent small = Extent.of(3, a -> Math.max(1, cut().get(a) / 2));
    Extent mixed = Extent.of(3, a -> a == 2 ? small.get(a) : large.get(a));
    return List.of(
        Phantom.of("large", large, true),
        Phantom.of("background", large, false),
        Phantom.of("small", small, true),
        Phantom.of("mixed", mixed, true));
  }

  private static SampleSlot slot(int draw) {
    return new SampleSlot(draw / 40, draw / 4 % 10, draw % 4, 4);
  }

  private static Patch choose(PatchSampler sampler, List<? extends TrainingCase> cases, int draw) {
    return sampler.choose(cases, slot(draw), new SplittableRandom(slot(draw).seed(5)));
  }

  @Test
  void choosesBoxesOfTheExtentInCasesOfTheList() {
    List<? extends TrainingCase> cases = cases();
    for (int draw = 0; draw < DRAWS; draw++) {
      Patch patch = choose(sampler(), cases, draw);
      assertThat(patch.box().size()).isEqualTo(cut());
      assertThat(cases.stream().anyMatch(c -> c == patch.source())).as("of the list").isTrue();
    }
  }

  @Test
  void neverMissesTheImage() {
    List<? extends TrainingCase> cases = cases();
    for (int draw = 0; draw < DRAWS; draw++) {
      Patch patch = choose(sampler(), cases, draw);
      for (int axis = 0; axis < 3; axis++) {
        assertThat(patch.box().from(axis))
            .as("start of %s in %s along axis %d", patch.box(), patch.source().extent(), axis)
            .isBetween(1 - cut().get(axis), patch.source().extent().get(axis) - 1);
      }
    }
  }

  @Test
  void copesWithEachCaseAlone() {
    for (TrainingCase only : cases()) {
      for (int draw = 0; draw < 8; draw++) {
        assertThat(choose(sampler(), List.of(only), draw).source()).isSameAs(only);
      }
    }
  }

  @Test
  void dependsOnItsArgumentsAlone() {
    List<? extends TrainingCase> cases = cases();
    PatchSampler asked = sampler();
    List<Patch> inOrder =
        IntStream.range(0, DRAWS).mapToObj(draw -> choose(asked, cases, draw)).toList();
    for (int draw = DRAWS - 1; draw >= 0; draw--) {
      assertThat(choose(asked, cases, draw)).as("asked again").isEqualTo(inOrder.get(draw));
      assertThat(choose(sampler(), cases, draw)).as("restarted").isEqualTo(inOrder.get(draw));
    }
  }

  @Test
  void servesSeveralThreadsAtOnce() {
    List<? extends TrainingCase> cases = cases();
    PatchSampler asked = sampler();
    List<Patch> alone =
        IntStream.range(0, DRAWS).mapToObj(draw -> choose(sampler(), cases, draw)).toList();
    List<Patch> together =
        IntStream.range(0, DRAWS).parallel().mapToObj(draw -> choose(asked, cases, draw)).toList();
    assertThat(together).isEqualTo(alone);
  }

  /** A case whose voxels have the labels 0, 1 and 2 in turn, or are all background. */
  private record Phantom(String id, Extent extent, int period, List<ClassVoxels> classes)
      implements TrainingCase {
    static Phantom of(String id, Extent extent, boolean foreground) {
      int period = foreground ? CLASSES : 1;
      List<ClassVoxels> classes =
          List.of(
              voxels(List.of(1), extent, place -> place % period == 1),
              voxels(List.of(2), extent, place -> place % period == 2),
              voxels(List.of(-1, 0, 1, 2), extent, place -> true));
      return new Phantom(id, extent, period, classes);
    }

    private static ClassVoxels voxels(List<Integer> labels, Extent extent, IntPredicate member) {
      List<int[]> found = new ArrayList<>();
      for (int z = 0; z < extent.get(0); z++) {
        for (int y = 0; y < extent.get(1); y++) {
          for (int x = 0; x < extent.get(2); x++) {
            if (member.test(z + y + x)) {
              found.add(new int[] {z, y, x});
            }
          }
        }
      }
      return new ClassVoxels(labels, found.size(), (voxel, axis) -> found.get(voxel)[axis]);
    }

    @Override
    public Sample read(Box box) {
      Grid grid = Grid.of(box.size().get(0), box.size().get(1), box.size().get(2));
      float[] image = new float[(int) grid.voxels()];
      short[] labels = new short[image.length];
      int i = 0;
      for (int z = box.z(); z < box.to(0); z++) {
        for (int y = box.y(); y < box.to(1); y++) {
          for (int x = box.x(); x < box.to(2); x++, i++) {
            boolean inside = new Box(z, y, x, Extent.of(1, 1, 1)).within(extent);
            labels[i] = (short) (inside ? (z + y + x) % period : -1);
            image[i] = inside ? labels[i] : 0;
          }
        }
      }
      return new Sample(Volume.wrap(grid, image), LabelMap.wrap(grid, labels));
    }
  }
}
