package io.github.nnunet4j.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.evaluate.Confusion;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.preprocess.IntensityNormalization.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The samples that stand in a plan, and how it is written and read with them. */
class OwnPlansTest {
  private static final PlanCodec CODEC =
      PlanCodec.standard()
          .withIntensityNormalization(OwnIntensityNormalization.WORD)
          .withResampling(OwnResampling.WORD)
          .withLabelResampling(OwnLabelResampling.CODEC)
          .withNormalization(OwnNormalization.CODEC)
          .withNonlinearity(OwnNonlinearity.CODEC)
          .withInitialization(OwnInitialization.CODEC)
          .withTopology(OwnTopology.CODEC);

  private static Plan plan() throws IOException {
    Path file = Path.of("src/test/resources/golden/planning/v2_plans.json");
    return PlanCodec.standard()
        .decode(
            new ObjectMapper().readTree(file.toFile()).get("cases").get(0).get("plans").toString());
  }

  private static Plan own(Plan plan) {
    UNet net = (UNet) plan.configuration("2d").topology();
    UNet mine =
        net.toBuilder()
            .normalization(new OwnNormalization(1e-4))
            .nonlinearity(new OwnNonlinearity())
            .style(style -> style.withInitialization(new OwnInitialization(0.5)))
            .build();
    Plan images = OwnResampling.in(OwnIntensityNormalization.in(plan));
    return images
        .with("2d", c -> c.topology(mine))
        .with(
            "3d_fullres",
            c ->
                c.topology(new OwnTopology(8, 2))
                    .recipe(r -> r.labelResampling(new OwnLabelResampling())));
  }

  @Test
  void ownStrategiesOfAllKindsRoundTripInAPlan() throws IOException {
    Plan own = own(plan());
    String text = CODEC.encode(own);
    assertThat(text)
        .contains("landmarks/1", "mean/1", "vessels-survive/1", "root-mean-square/1")
        .contains("star-relu/1", "orthogonal/1", "link-net/1");
    Plan read = CODEC.decode(text);
    assertThat(read).isEqualTo(own);
    UNet net = (UNet) read.configuration("2d").topology();
    assertThat(net.style().initialization()).isEqualTo(new OwnInitialization(0.5));
    assertThat(read.configuration("3d_fullres").topology()).isEqualTo(new OwnTopology(8, 2));
  }

  @Test
  void whoHasNotTheCodecsIsToldTheWord() throws IOException {
    String text = CODEC.encode(own(plan()));
    assertThatThrownBy(() -> PlanCodec.standard().decode(text))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("/1\"")
        .hasMessageContaining("StrategyCodec");
    UNet usual = (UNet) plan().configuration("2d").topology();
    UNet orthogonal =
        usual.toBuilder()
            .style(style -> style.withInitialization(new OwnInitialization(0.5)))
            .build();
    Plan weights = plan().with("2d", c -> c.topology(orthogonal));
    assertThatThrownBy(() -> PlanCodec.standard().encode(weights))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("configuration 2d")
        .hasMessageContaining("StrategyCodec");
    PlanCodec knowing = PlanCodec.standard().withInitialization(OwnInitialization.CODEC);
    assertThatThrownBy(() -> PlanCodec.standard().decode(knowing.encode(weights)))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("\"kind\" must be he, xavier_uniform, xavier_normal or a word")
        .hasMessageContaining("orthogonal/1");
    assertThat(knowing).isNotEqualTo(PlanCodec.standard());
  }

  @Test
  void ownNormalizationLaysLandmarksOnEachOther() {
    float[] values = new float[201];
    for (int i = 0; i < values.length; i++) {
      values[i] = i; // landmarks 1, 100 and 199
    }
    Volume channel = Volume.wrap(Grid.of(1, 1, 201), values);
    IntensityStatistics all =
        IntensityStatistics.builder()
            .percentile00_5(1000)
            .median(3000)
            .percentile99_5(4000)
            .mean(3000)
            .standardDeviation(500)
            .build();
    float[] out =
        new OwnIntensityNormalization()
            .apply(channel, new Context(Optional.empty(), all))
            .toArray(0);
    assertThat(out[1]).isCloseTo(-4, within(1e-5f));
    assertThat(out[100]).isZero();
    assertThat(out[199]).isCloseTo(2, within(1e-5f));
    boolean[] first = new boolean[201];
    java.util.Arrays.fill(first, 0, 101, true);
    Mask mask = Mask.wrap(channel.grid(), first);
    assertThat(
            new OwnIntensityNormalization()
                .apply(channel, new Context(Optional.of(mask), all))
                .toArray(0)[50])
        .isZero();
  }

  @Test
  void ownResamplingKeepsTheMean() {
    Volume source = Volume.wrap(Grid.of(1, 2, 4), new float[] {1, 2, 3, 4, 5, 6, 7, 8});
    Grid half = Grid.of(Extent.of(1, 1, 2), Spacing.millimetres(1, 2, 2));
    assertThat(new OwnResampling().apply(source, half).toArray(0)).containsExactly(3.5f, 5.5f);
  }

  @Test
  void ownLabelResamplingKeepsAVessel() {
    short[] labels = {0, 0, 0, 0, 0, 0, 3, 0, 2, 1, 0, 1};
    LabelMap source = LabelMap.wrap(Grid.of(1, 2, 6), labels);
    Grid half = Grid.of(Extent.of(1, 1, 3), Spacing.millimetres(1, 2, 2));
    assertThat(new OwnLabelResampling().apply(source, half).toArray()).containsExactly(3, 1, 1);
    Grid fine = Grid.of(Extent.of(1, 2, 12), Spacing.millimetres(1, 1, 0.5));
    assertThat(new OwnLabelResampling().apply(source, fine).toArray())
        .startsWith(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 2, 2);
  }

  @Test
  void ownFirstWeightsAreOrthogonal() {
    for (Shape shape : new Shape[] {new Shape(6, 4, 3, 3, 3), new Shape(64, 2, 3, 3)}) {
      float[] weights = new OwnInitialization(2).draw(shape, new SplittableRandom(3));
      int rows = (int) shape.get(0);
      int columns = weights.length / rows;
      boolean wide = rows <= columns;
      for (int a = 0; a < Math.min(rows, columns); a++) {
        for (int b = 0; b <= a; b++) {
          double dot = 0;
          for (int k = 0; k < Math.max(rows, columns); k++) {
            dot +=
                wide
                    ? weights[a * columns + k] * weights[b * columns + k]
                    : weights[k * columns + a] * weights[k * columns + b];
          }
          assertThat(dot).isCloseTo(a == b ? 4 : 0, within(1e-5));
        }
      }
    }
  }

  @Test
  void ownTopologyCountsItsFeatureMaps() {
    OwnTopology net = new OwnTopology(4, 1);
    // 512 voxels of three maps of 4 and 2 heads, 64 voxels of 8 features
    assertThat(net.featureMapValues(Extent.of(8, 8, 8), 1, 2)).isEqualTo(512 * 14 + 64 * 8);
    assertThat(net.divisor()).containsExactly(2, 2, 2);
    assertThat(new OwnTopology(4, 3).scales()).hasSize(3).last().isEqualTo(List.of(4, 4, 4));
  }

  @Test
  void ownMetricComparesVolumes() {
    assertThat(OwnMetric.similarity(new Confusion(10, 5, 5, 80))).isEqualTo(1);
    assertThat(OwnMetric.similarity(new Confusion(10, 0, 10, 80)))
        .isCloseTo(2 / 3.0, within(1e-12));
    assertThat(OwnMetric.similarity(new Confusion(0, 0, 0, 80))).isNaN();
  }
}
