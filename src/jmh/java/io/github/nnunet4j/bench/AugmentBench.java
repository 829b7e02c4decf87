package io.github.nnunet4j.bench;

import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.augment.Augmentations;
import io.github.nnunet4j.augment.AxesTransposition;
import io.github.nnunet4j.augment.BrightnessGradient;
import io.github.nnunet4j.augment.Draws;
import io.github.nnunet4j.augment.Edition;
import io.github.nnunet4j.augment.Elastic;
import io.github.nnunet4j.augment.Gamma;
import io.github.nnunet4j.augment.GaussianBlur;
import io.github.nnunet4j.augment.LocalField;
import io.github.nnunet4j.augment.LocalGamma;
import io.github.nnunet4j.augment.LowResolution;
import io.github.nnunet4j.augment.MedianFilter;
import io.github.nnunet4j.augment.QuarterTurns;
import io.github.nnunet4j.augment.ReplaceLabel;
import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.augment.SampleBuffer;
import io.github.nnunet4j.augment.Sharpening;
import io.github.nnunet4j.augment.Spatial;
import io.github.nnunet4j.augment.StandardAugmentation;
import io.github.nnunet4j.augment.StandardChain;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.train.LabelPyramid;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Milliseconds per sample of the default chain and of each transform on one thread: a patch of
 * 128x128x128, one CT channel and labels, as in the peer task {@code augment}. As there, the copy
 * of the input is outside of the measured time and single transforms work on that copy.
 */
public final class AugmentBench {
  private static final Extent PATCH = Extent.of(128, 128, 128);

  private AugmentBench() {}

  /**
   * Prints one line per item.
   *
   * @param args items to run, all if none
   */
  public static void main(String[] args) {
    Map<String, Augmentation> items = items();
    for (Map.Entry<String, Augmentation> item : items.entrySet()) {
      if (args.length == 0 || Arrays.asList(args).contains(item.getKey())) {
        measure(item.getKey(), item.getValue());
      }
    }
  }

  private static Map<String, Augmentation> items() {
    StandardAugmentation standard = Augmentations.standard(PATCH);
    Map<String, Augmentation> items = new LinkedHashMap<>();
    items.put("chain", standard);
    items.put("spatial", spatial(1, 1));
    items.put("spatial-rotation", spatial(1, 0));
    items.put("spatial-scaling", spatial(0, 1));
    items.put("spatial-crop", spatial(0, 0));
    items.put("noise", Augmentations.noise());
    items.put("blur", new GaussianBlur(Draws.uniform(0.5, 1), 1, false));
    items.put("brightness", Augmentations.brightness());
    items.put("contrast", Augmentations.contrast());
    items.put("low-resolution", new LowResolution(Draws.uniform(0.5, 1), 1, true, Set.of()));
    items.put("gamma-inverted", Augmentations.invertedGamma());
    items.put("gamma", Augmentations.gamma());
    items.put("mirror", Augmentations.mirror(0, 1, 2));
    items.put("remove-label", new ReplaceLabel(-1, 0));
    items.put("deep-supervision-targets", (sample, random) -> sample);
    versionOne(items);
    return items;
  }

  private static Spatial spatial(double rotates, double scales) {
    return spatial(rotates, scales, Elastic.NONE, Spatial.Sampling.LINEAR, Spatial.Form.V2);
  }

  private static Spatial spatial(
      double rotates,
      double scales,
      Elastic elastic,
      Spatial.Sampling sampling,
      Spatial.Form form) {
    return new Spatial(
        PATCH,
        false,
        new Spatial.Motion(
            new Spatial.Rotation(rotates, 1, Math.toRadians(30)),
            new Spatial.Scaling(scales, Draws.uniform(0.7, 1.4), false),
            elastic),
        sampling,
        form);
  }

  private static void versionOne(Map<String, Augmentation> items) {
    Edition v1 = Edition.V1;
    Elastic insane =
        new Elastic(1, Draws.uniform(9, 15), Draws.uniform(0, 1300), 1, Elastic.Kind.V1);
    Spatial.Sampling spline = Spatial.Sampling.SPLINE;
    items.put("v1-chain", Augmentations.standard(PATCH, StandardChain.V1));
    items.put("v1-spatial-rotation", spatial(1, 0, Elastic.NONE, spline, Spatial.Form.V1));
    items.put("v1-spatial-scaling", spatial(0, 1, Elastic.NONE, spline, Spatial.Form.V1));
    items.put("v1-spatial-elastic", spatial(0, 0, insane, spline, Spatial.Form.V1));
    items.put("v1-blur", new GaussianBlur(Draws.uniform(0.5, 1), 1, true, v1));
    items.put("v1-low-resolution", new LowResolution(Draws.uniform(0.5, 1), 1, true, Set.of(), v1));
    items.put("v1-gamma", new Gamma(Draws.halfAndHalf(0.7, 1.5), false, true, 1, v1));
    items.put("da5-chain", Augmentations.standard(PATCH, StandardChain.V2_DA5));
    items.put("v1-da3-chain", Augmentations.standard(PATCH, StandardChain.V1_DA3));
    items.put("median", new MedianFilter(2, 7, 1, false));
    items.put("median-7", new MedianFilter(7, 7, 1, false));
    items.put("sharpening", new Sharpening(Draws.uniform(0.1, 1), false, 1, false, Edition.V2));
    items.put("quarter-turns", new QuarterTurns(Set.of(0, 1, 2)));
    items.put("transposition", new AxesTransposition(Set.of(0, 1, 2)));
    items.put(
        "local-gamma", new LocalGamma(LocalField.of(PATCH), Draws.uniform(1.5, 4), 1, Edition.V2));
    items.put(
        "brightness-gradient",
        new BrightnessGradient(LocalField.of(PATCH), Draws.uniform(1, 5), false, 1, Edition.V2));
  }

  private static void measure(String name, Augmentation augmentation) {
    boolean chain = name.endsWith("chain");
    boolean pyramid = chain || name.startsWith("deep");
    Extent extent = chain || name.contains("spatial") ? augmentation.inputExtent(PATCH) : PATCH;
    Sample input = input(extent);
    Consumer<SampleBuffer> after = pyramid ? b -> targets(b.sample().labels()) : b -> {};
    SplittableRandom random = new SplittableRandom(1);
    run(input, augmentation, after, random, chain ? 60 : 40);
    double[] times = run(input, augmentation, after, random, chain ? 200 : 40);
    double mean = Arrays.stream(times).average().orElseThrow();
    Arrays.sort(times);
    System.out.printf(
        Locale.ROOT,
        "%-26s mean %8.3f  median %8.3f  95%% %8.3f  min %8.3f ms%n",
        name,
        mean,
        times[times.length / 2],
        times[(int) (0.95 * times.length)],
        times[0]);
  }

  private static double[] run(
      Sample input,
      Augmentation augmentation,
      Consumer<SampleBuffer> after,
      SplittableRandom random,
      int samples) {
    double[] times = new double[samples];
    for (int i = 0; i < samples; i++) {
      SampleBuffer buffer = SampleBuffer.of(input);
      for (int c = 0; c < buffer.channels(); c++) {
        buffer.write(c);
      }
      buffer.writeLabels();
      long start = System.nanoTime();
      augmentation.applyTo(buffer, random);
      after.accept(buffer);
      times[i] = (System.nanoTime() - start) * 1e-6;
    }
    return times;
  }

  private static void targets(LabelMap labels) {
    List<List<Double>> scales =
        List.of(1.0, 0.5, 0.25, 0.125, 0.0625).stream().map(s -> List.of(s, s, s)).toList();
    LabelPyramid.of(labels, scales);
  }

  private static Sample input(Extent extent) {
    Grid grid = Grid.of(extent.get(0), extent.get(1), extent.get(2));
    int n = (int) grid.voxels();
    float[] image = new float[n];
    short[] labels = new short[n];
    int i = 0;
    for (int z = 0; z < extent.get(0); z++) {
      for (int y = 0; y < extent.get(1); y++) {
        for (int x = 0; x < extent.get(2); x++, i++) {
          image[i] = SyntheticCt.value(z, y, x, extent, 1, false) / 400f;
          labels[i] = (short) SyntheticCt.value(z, y, x, extent, 1, true);
        }
      }
    }
    return new Sample(Volume.wrap(grid, image), LabelMap.wrap(grid, labels));
  }
}
