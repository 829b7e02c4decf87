package io.github.nnunet4j.infer;

import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A predictor without engine that finds what is brighter than a half. */
final class BrightModel {
  private static final Labels LABELS = Labels.of("bright");
  private static final Extent PATCH = Extent.of(4, 4, 4);
  final AtomicInteger released = new AtomicInteger();
  private final AtomicInteger inside = new AtomicInteger();

  Predictor predictor(PredictorConfig config) {
    FoldNetworks networks =
        new FoldNetworks(List.of(this::bright), released::incrementAndGet, PATCH, 2, config);
    return new Predictor(
        1,
        (id, image) -> {
          Placement placement =
              new Placement(image.grid(), List.of(0, 1, 2), Box.whole(image.grid().extent()));
          return new PreparedImage(image, placement);
        },
        networks,
        new Export((source, target) -> source.withGrid(target), LABELS, config.threads()));
  }

  /** Logits 0 and x - 0.5; fails if two threads are inside at once. */
  void bright(ByteBuffer tiles, long[] shape, Consumer<FloatBuffer> logits) {
    if (inside.incrementAndGet() != 1) {
      throw new IllegalStateException("two threads in one network");
    }
    FloatBuffer in = tiles.asFloatBuffer();
    int voxels = 64;
    FloatBuffer out = FloatBuffer.allocate(2 * in.remaining());
    for (int tile = 0; tile < shape[0]; tile++) {
      for (int i = 0; i < voxels; i++) {
        out.put((2 * tile + 1) * voxels + i, in.get(tile * voxels + i) - 0.5f);
      }
    }
    try {
      logits.accept(out);
    } finally {
      inside.decrementAndGet();
    }
  }

  static Volume image(int seed) {
    Random random = new Random(seed);
    float[] values = new float[5 * 6 * 7];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(2);
    }
    return Volume.wrap(Grid.of(5, 6, 7), values);
  }

  static LabelMap threshold(Volume image) {
    float[] values = image.unsafeArray(0);
    short[] labels = new short[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (short) values[i];
    }
    return LabelMap.wrap(image.grid(), labels);
  }
}
