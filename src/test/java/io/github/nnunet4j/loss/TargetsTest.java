package io.github.nnunet4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.Extent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
class TargetsTest {
  private static final Extent EXTENT = Extent.of(1, 2, 3);
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  private static Labels labels(boolean regions, boolean ignore) {
    Map<String, List<Integer>> entries = new LinkedHashMap<>();
    entries.put("background", List.of(0));
    entries.put("whole", regions ? List.of(1, 2) : List.of(1));
    entries.put("core", List.of(2));
    if (ignore) {
      entries.put("ignore", List.of(3));
    }
    return Labels.of(entries, regions ? List.of(1, 2) : List.of());
  }

  private static List<short[]> samples() {
    return List.of(new short[] {0, 1, 2, -1, 3, 0}, new short[] {2, 2, 3, 3, 1, -1});
  }

  @Test
  void numbersClassesAndMasksTheIgnoreLabel() {
    Target target = Targets.of(manager, labels(false, true), samples(), EXTENT);
    assertThat(target.labels().getShape()).isEqualTo(new Shape(2, 1, 1, 2, 3));
    assertThat(target.labels().toLongArray()).containsExactly(0, 1, 2, 0, 0, 0, 2, 2, 0, 0, 1, 0);
    assertThat(target.mask().orElseThrow().toFloatArray())
        .containsExactly(1, 1, 1, 1, 0, 1, 1, 1, 0, 0, 1, 1);
    assertThat(target.classes()).isEqualTo(3);
    assertThat(target.regions()).isFalse();
  }

  @Test
  void makesOneHotChannelsOnceWhenAskedFor() {
    Target target = Targets.of(manager, labels(false, true), samples(), EXTENT);
    assertThat(target.oneHot()).isSameAs(target.oneHot());
    assertThat(target.oneHot().getShape()).isEqualTo(new Shape(2, 3, 1, 2, 3));
    assertThat(target.oneHot().getDataType()).isEqualTo(DataType.FLOAT32);
    assertThat(target.oneHot().get("1, 1").toFloatArray()).containsExactly(0, 0, 0, 0, 1, 0);
    assertThat(target.oneHot().get("0, 0").toFloatArray()).containsExactly(1, 0, 0, 1, 1, 1);
  }

  @Test
  void paintsRegionsThatOverlap() {
    Target target = Targets.of(manager, labels(true, true), samples(), EXTENT);
    assertThat(target.regions()).isTrue();
    assertThat(target.classes()).isEqualTo(2);
    assertThat(target.oneHot().toFloatArray())
        .containsExactly(
            0, 1, 1, 0, 0, 0, // whole
            0, 0, 1, 0, 0, 0, // core
            1, 1, 0, 0, 1, 0, //
            1, 1, 0, 0, 0, 0);
    assertThat(target.mask().orElseThrow().toFloatArray())
        .containsExactly(1, 1, 1, 1, 0, 1, 1, 1, 0, 0, 1, 1);
    assertThatThrownBy(target::labels)
        .isInstanceOf(StrategyException.class)
        .hasMessageContaining("regions");
  }

  @Test
  void hasNoMaskWithoutAnIgnoreLabel() {
    List<short[]> plain = List.of(new short[] {0, 1, 2, -1, 1, 0});
    assertThat(Targets.of(manager, labels(false, false), plain, EXTENT).mask()).isEmpty();
    assertThat(Targets.of(manager, labels(true, false), plain, EXTENT).mask()).isEmpty();
  }

  @Test
  void takesPlanesOfTwoAxes() {
    Target target = Targets.of(manager, labels(false, true), samples(), Extent.of(2, 3));
    assertThat(target.oneHot().getShape()).isEqualTo(new Shape(2, 3, 2, 3));
  }

  @Test
  void numbersLabelsWithGapsByTheirPlace() {
    Labels gap = Labels.of(Map.of("background", List.of(0), "liver", List.of(2)), List.of());
    Target target = Targets.of(manager, gap, List.of(new short[] {0, 2, 0, 2, 2, -1}), EXTENT);
    assertThat(target.labels().toLongArray()).containsExactly(0, 1, 0, 1, 1, 0);
    assertThat(target.classes()).isEqualTo(2);
  }

  @Test
  void averagesTheVoxelsThatCount() {
    short[] sample = {0, 1, 1, -1, 3, 3, 2, 1, 3, 1, 3, 3};
    Extent extent = Extent.of(2, 6);
    List<Integer> window = List.of(2, 2);
    Target soft = Targets.averaged(manager, labels(false, true), List.of(sample), extent, window);
    assertThat(soft.soft()).isTrue();
    assertThat(soft.oneHot().getShape()).isEqualTo(new Shape(1, 3, 1, 3));
    assertThat(soft.oneHot().toFloatArray())
        .containsExactly(0.25f, 1 / 3f, 0, 0.5f, 2 / 3f, 0, 0.25f, 0, 0);
    assertThat(soft.mask().orElseThrow().toFloatArray()).containsExactly(1, 1, 0);
    assertThat(soft.labels().toLongArray()).containsExactly(1, 1, 0);
    Target regions = Targets.averaged(manager, labels(true, true), List.of(sample), extent, window);
    assertThat(regions.regions()).isTrue();
    assertThat(regions.soft()).isFalse();
    assertThat(regions.oneHot().toFloatArray()).containsExactly(0.75f, 2 / 3f, 0, 0.25f, 0, 0);
    assertThat(Targets.masked(soft, soft.mask().orElseThrow()).soft()).isTrue();
  }

  @Test
  void averagesAsManyVoxelsAsTheCoarseOutputHas() {
    List<short[]> samples = List.of(new short[5 * 7], new short[5 * 7]);
    Extent extent = Extent.of(5, 7);
    Target soft = Targets.averaged(manager, labels(false, false), samples, extent, List.of(2, 4));
    assertThat(soft.oneHot().getShape()).isEqualTo(new Shape(2, 3, 2, 2));
    assertThat(soft.oneHot().get("0, 0").toFloatArray()).containsOnly(1);
    assertThatThrownBy(
            () -> Targets.averaged(manager, labels(false, false), samples, extent, List.of(2)))
        .hasMessageContaining("a positive size per axis");
  }

  @Test
  void fillsMoreVoxelsThanOneChunk() {
    short[] many = new short[10_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = (short) (i % 4);
    }
    Extent extent = Extent.of(100, 100);
    Target target = Targets.of(manager, labels(false, true), List.of(many, many), extent);
    long[] found = target.labels().toLongArray();
    float[] mask = target.mask().orElseThrow().toFloatArray();
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isEqualTo(i % 4 == 3 ? 0 : i % 4);
      assertThat(mask[i]).isEqualTo(i % 4 == 3 ? 0 : 1);
    }
  }

  @Test
  void refusesLabelsThatNobodyDeclared() {
    for (int label : new int[] {3, 77, -2}) {
      List<short[]> wrong =
          List.of(new short[] {0, 0, 0, 0, 0, 0}, new short[] {0, 1, (short) label, 0, 0, 0});
      assertThatThrownBy(() -> Targets.of(manager, labels(false, false), wrong, EXTENT))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("sample 1")
          .hasMessageContaining("found " + label);
    }
  }

  @Test
  void refusesWrongSizesAndTypes() {
    Labels labels = labels(false, true);
    assertThatThrownBy(() -> Targets.of(manager, labels, List.of(), EXTENT))
        .hasMessageContaining("at least one sample");
    assertThatThrownBy(() -> Targets.of(manager, labels, List.of(new short[5]), EXTENT))
        .hasMessageContaining("5 voxels for 1x2x3");
    assertThatThrownBy(() -> Targets.ofLabels(manager.zeros(new Shape(1, 1, 2, 2)), 2))
        .hasMessageContaining("int64");
    assertThatThrownBy(() -> Targets.ofLabels(manager.zeros(new Shape(1, 2, 2), DataType.INT64), 2))
        .hasMessageContaining("(batch, 1, [z,] y, x)");
    assertThatThrownBy(() -> Targets.ofRegions(manager.zeros(new Shape(1, 1, 2), DataType.INT64)))
        .hasMessageContaining("float32");
    assertThatThrownBy(() -> Targets.ofClasses(manager.zeros(new Shape(4, 4))))
        .hasMessageContaining("channels, [z,] y, x)");
  }

  @Test
  void findsTheLabelsOfChannels() {
    Target target =
        Targets.ofClasses(
            manager.create(new float[] {1, 0, .3f, 0, 1, .7f}, new Shape(1, 2, 1, 3)));
    assertThat(target.labels().getShape()).isEqualTo(new Shape(1, 1, 1, 3));
    assertThat(target.labels().toLongArray()).containsExactly(0, 1, 1);
    Target masked = Targets.masked(target, manager.zeros(new Shape(1, 1, 1, 3)));
    assertThat(masked.labels()).isSameAs(target.labels());
    assertThat(masked.mask()).isPresent();
    assertThat(masked.regions()).isFalse();
    assertThat(masked.classes()).isEqualTo(2);
  }
}
