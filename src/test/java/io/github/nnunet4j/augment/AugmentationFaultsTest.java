package io.github.nnunet4j.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What does not fit is refused, and small or odd samples are served. */
class AugmentationFaultsTest {
  private static final Extent SMALL = Extent.of(2, 3, 4);

  private static Sample sample(int z, int y, int x, int channels) {
    Grid grid = Grid.of(z, y, x);
    int n = (int) grid.voxels();
    float[][] image = new float[channels][n];
    short[] labels = new short[n];
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < channels; c++) {
        image[c][i] = (i * 7 + c) % 11;
      }
      labels[i] = (short) (i % 3 - 1);
    }
    return new Sample(Volume.wrap(grid, image), LabelMap.wrap(grid, labels));
  }

  @Test
  void refusesSettingsOfTransforms() {
    assertThatThrownBy(() -> new MedianFilter(3, 2, 1, false)).hasMessageContaining("rising");
    assertThatThrownBy(() -> new QuarterTurns(Set.of(1))).hasMessageContaining("two of");
    assertThatThrownBy(() -> new QuarterTurns.Turn(1, 1, 0)).hasMessageContaining("two of");
    assertThatThrownBy(() -> new QuarterTurns.Turn(0, 1, 4)).hasMessageContaining("0 to 3");
    assertThatThrownBy(() -> new AxesTransposition(Set.of(3))).hasMessageContaining("0 to 2");
    assertThatThrownBy(() -> new BlankRectangles.Count(2, 1)).hasMessageContaining("rectangles");
    assertThatThrownBy(() -> new BlankRectangles.Edges(Extent.of(0, 1, 1), SMALL, false))
        .hasMessageContaining("positive lengths");
    assertThatThrownBy(
            () ->
                new BlankRectangles(
                    SMALL,
                    new BlankRectangles.Edges(Extent.of(1, 1, 1), Extent.of(3, 3, 3), false),
                    new BlankRectangles.Count(1, 1),
                    1,
                    0))
        .hasMessageContaining("do not fit");
    assertThatThrownBy(() -> new LocalField.Place(List.of(0.5), List.of(1.0)))
        .hasMessageContaining("3 centres");
    assertThatThrownBy(() -> new Elastic.Deformation(List.of(), List.of(), 0))
        .hasMessageContaining("3 sigmas");
    assertThatThrownBy(() -> Spatial.Sampling.SPLINE.withOutside(Outside.EDGE))
        .hasMessageContaining("no border EDGE");
    assertThatThrownBy(() -> CascadeInput.v1EducatedGuess(List.of(1), 4))
        .hasMessageContaining("1 to 3");
    assertThatThrownBy(() -> CascadeInput.v2(List.of())).hasMessageContaining("foreground");
    assertThatThrownBy(() -> new ComponentRemoval.Step(0, 1, OptionalInt.empty()))
        .hasMessageContaining("below 1");
    assertThatThrownBy(() -> Augmentations.none().repeat(-1)).hasMessageContaining("times");
    assertThatThrownBy(
            () ->
                new BinaryOperators(
                    1,
                    EnumSet.noneOf(BinaryOperators.Operator.class),
                    Draws.constant(1),
                    1,
                    Edition.V2))
        .hasMessageContaining("operator");
  }

  @Test
  void refusesParametersThatDoNotFitTheSample() {
    Sample sample = sample(2, 3, 4, 2);
    assertThatThrownBy(
            () -> new QuarterTurns(Set.of(0, 1)).change(sample, new QuarterTurns.Turn(0, 1, 1)))
        .hasMessageContaining("differ in length");
    assertThatThrownBy(() -> new AxesTransposition(Set.of(0, 1)).change(sample, List.of(0, 0, 1)))
        .hasMessageContaining("an order");
    assertThatThrownBy(() -> new MedianFilter(2, 7, 1, false).change(sample, Map.of(0, 0)))
        .hasMessageContaining("an edge has");
    assertThatThrownBy(
            () -> rectangles().change(sample, Map.of(0, List.of(Box.whole(Extent.of(9, 9, 9))))))
        .hasMessageContaining("does not fit");
    assertThatThrownBy(
            () -> new PreviousStage(List.of(1), true).apply(sample, new SplittableRandom(1)))
        .hasMessageContaining("previous stage");
    assertThatThrownBy(
            () ->
                operators(2)
                    .change(
                        sample,
                        List.of(new BinaryOperators.Step(0, BinaryOperators.Operator.DILATION, 1))))
        .hasMessageContaining("label channels");
    assertThatThrownBy(
            () ->
                operators(1)
                    .change(
                        sample,
                        List.of(new BinaryOperators.Step(0, BinaryOperators.Operator.DILATION, 1))))
        .hasMessageContaining("none of the last");
    assertThatThrownBy(
            () ->
                operators(1)
                    .change(
                        sample,
                        List.of(new BinaryOperators.Step(1, BinaryOperators.Operator.EROSION, -1))))
        .hasMessageContaining("a radius");
    LabelMap other = LabelMap.wrap(Grid.of(1, 1, 1), new short[1]);
    assertThatThrownBy(() -> new Sample(sample.image(), sample.labels(), Optional.of(other)))
        .hasMessageContaining("previous stage");
  }

  private static BlankRectangles rectangles() {
    return new BlankRectangles(
        SMALL,
        new BlankRectangles.Edges(Extent.of(1, 1, 1), Extent.of(2, 2, 2), true),
        new BlankRectangles.Count(2, 2),
        1,
        0);
  }

  private static BinaryOperators operators(int channels) {
    return new BinaryOperators(
        channels,
        EnumSet.allOf(BinaryOperators.Operator.class),
        Draws.uniform(1, 2),
        1,
        Edition.V2);
  }

  @Test
  void servesSingleVoxelsAndRows() {
    for (StandardChain chain : StandardChain.values()) {
      for (Extent patch : List.of(Extent.of(1, 1, 1), Extent.of(1, 5, 1), Extent.of(1, 9))) {
        StandardAugmentation standard = Augmentations.standard(patch, chain);
        Extent cut = standard.initialPatch();
        Sample sample = sample(cut.get(0), cut.get(1), cut.get(2), 1);
        for (int seed = 0; seed < 40; seed++) {
          Sample out = standard.apply(sample, new SplittableRandom(seed));
          assertThat(out.image().grid().extent()).isEqualTo(Goldens.space(patch));
          assertThat(out.image().notFinite(0)).as("%s of %s", chain, patch).isEmpty();
        }
      }
    }
  }

  @Test
  void cutsLazilyButTruly() {
    Sample sample = sample(6, 6, 6, 2);
    Spatial crop =
        new Spatial(
            Extent.of(4, 4, 4),
            false,
            new Spatial.Motion(
                new Spatial.Rotation(0, 1, 0),
                new Spatial.Scaling(0, Draws.constant(1), false),
                Elastic.NONE),
            Spatial.Sampling.LINEAR,
            Spatial.Form.V2);
    SampleBuffer buffer = SampleBuffer.of(sample);
    crop.changeIn(buffer, Spatial.Parameters.NONE);
    assertThat(buffer.extent()).isEqualTo(Extent.of(4, 4, 4));
    crop.changeIn(buffer, Spatial.Parameters.NONE);
    assertThat(buffer.write(1)).hasSize(64);
    buffer.set(sample);
    crop.changeIn(buffer, Spatial.Parameters.NONE);
    Sample out = buffer.sample();
    assertThat(out.image().at(1, 0, 0, 0)).isEqualTo(sample.image().at(1, 1, 1, 1));
    assertThat(out.labels().at(3, 3, 3)).isEqualTo(sample.labels().at(4, 4, 4));
  }

  @Test
  void padsByEdgesAndReflections() {
    Sample sample = sample(1, 1, 3, 1);
    for (Outside outside : List.of(Outside.EDGE, Outside.REFLECTED)) {
      Spatial crop =
          new Spatial(
              Extent.of(1, 1, 7),
              false,
              new Spatial.Motion(
                  new Spatial.Rotation(0, 1, 0),
                  new Spatial.Scaling(0, Draws.constant(1), false),
                  Elastic.NONE),
              Spatial.Sampling.LINEAR.withOutside(outside),
              Spatial.Form.V2);
      float[] out = crop.change(sample, Spatial.Parameters.NONE).image().toArray(0);
      float[] in = sample.image().toArray(0);
      boolean edge = outside.equals(Outside.EDGE);
      assertThat(out[0]).isEqualTo(in[edge ? 0 : 2]);
      assertThat(out[1]).isEqualTo(in[edge ? 0 : 1]);
      assertThat(out[2]).isEqualTo(in[0]);
      assertThat(out[6]).isEqualTo(in[edge ? 2 : 0]);
    }
  }

  @Test
  void knowsTheNormalDistribution() {
    assertThat(NormalDistribution.cumulative(0)).isEqualTo(0.5);
    assertThat(NormalDistribution.cumulative(1)).isCloseTo(0.8413447460685429, within(1e-15));
    assertThat(NormalDistribution.cumulative(-6)).isCloseTo(9.86587645037698e-10, within(1e-22));
    assertThat(NormalDistribution.cumulative(4.3)).isCloseTo(0.9999914600945389, within(1e-14));
    assertThat(NormalDistribution.cumulative(-40)).isZero();
  }

  @Test
  void drawsDeformationsOfEveryKind() {
    SplittableRandom random = new SplittableRandom(5);
    int[] patch = {10, 20, 30};
    Elastic second =
        new Elastic(1, Draws.constant(0.1), Draws.constant(0.5), 1, Elastic.Kind.V1_SECOND);
    Elastic.Deformation drawn = second.draw(patch, random);
    assertThat(drawn.sigmas()).containsExactly(1.0, 2.0, 3.0);
    assertThat(drawn.strengths()).containsExactly(0.5, 1.0, 1.5);
    Elastic own = new Elastic(1, Draws.uniform(0, 1), Draws.uniform(0, 2), 0, Elastic.Kind.V2);
    Elastic.Deformation each = own.draw(new int[] {1, 1, 1}, random);
    assertThat(each.sigmas().get(0)).isNotEqualTo(each.sigmas().get(1));
    for (Elastic.Kind kind : Elastic.Kind.values()) {
      double[] ones = {1, 1, 1};
      double[][] field = ElasticField.of(kind, patch, ones, ones, 7);
      assertThat(field).isDeepEqualTo(ElasticField.of(kind, patch, ones, ones, 7));
      assertThat(ElasticField.of(kind, patch, new double[3], ones, 7)[0]).hasSize(6000);
    }
  }

  @Test
  void removesNothingAsVersionOneWasReleased() {
    CascadeInput released = CascadeInput.v1(List.of(1)).asReleased();
    assertThat(released.removal().largestShare()).isZero();
    assertThat(released.asReleased()).isEqualTo(CascadeInput.v1(List.of(1)));
  }

  @Test
  void handlesNaNsInWindows() {
    SortedWindow window = new SortedWindow(3);
    float[] odd = {1, Float.NaN};
    window.add(odd);
    window.add(new float[] {0});
    assertThat(window.rank(0)).isZero();
    window.exchange(odd, new float[] {5});
    assertThat(window.rank(1)).isEqualTo(5);
  }
}
