package io.github.nnunet4j.infer;

import ai.djl.Device;
import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.internal.Parallel;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a predictor works; an immutable value. The defaults are those of nnU-Net v2: tiles overlap by
 * half, Gaussian weights, mirroring along all axes.
 */
public final class PredictorConfig {
  private static final PredictorConfig DEFAULTS = new PredictorConfig();

  private final double tileStep;
  private final TileWeight tileWeight;
  private final Mirroring mirroring;
  private final int batchSize;
  private final int threads;
  private final Optional<Device> device;

  private PredictorConfig() {
    this(0.5, TileWeights.gaussian(), Mirroring.all(), 1, Parallel.processors(), Optional.empty());
  }

  private PredictorConfig(
      double tileStep,
      TileWeight tileWeight,
      Mirroring mirroring,
      int batchSize,
      int threads,
      Optional<Device> device) {
    Checks.argument(
        tileStep > 0 && tileStep <= 1, "tileStep must be above 0 and at most 1, was %s", tileStep);
    this.tileStep = tileStep;
    this.tileWeight = Objects.requireNonNull(tileWeight, "tileWeight");
    this.mirroring = Objects.requireNonNull(mirroring, "mirroring");
    this.batchSize = Checks.positive(batchSize, "batchSize");
    this.threads = Checks.positive(threads, "threads");
    this.device = device;
  }

  /**
   * The defaults of nnU-Net v2.
   *
   * @return step 0.5, Gaussian weights, all axes mirrored, one tile at a time, all processors, the
   *     engine's own choice of device
   */
  public static PredictorConfig defaults() {
    return DEFAULTS;
  }

  /**
   * The distance of neighbouring tiles.
   *
   * @return as a fraction of the patch, above 0, at most 1
   */
  public double tileStep() {
    return tileStep;
  }

  /**
   * How voxels of overlapping tiles count.
   *
   * @return the strategy
   */
  public TileWeight tileWeight() {
    return tileWeight;
  }

  /**
   * The mirrored passes.
   *
   * @return the mirroring
   */
  public Mirroring mirroring() {
    return mirroring;
  }

  /**
   * How many passes (tiles, mirrored tiles) go through the network together.
   *
   * @return at least 1
   */
  public int batchSize() {
    return batchSize;
  }

  /**
   * The threads of preprocessing and export. The threads of the network are the engine's own.
   *
   * @return at least 1
   */
  public int threads() {
    return threads;
  }

  /**
   * Where the networks run.
   *
   * @return empty for the engine's own choice
   */
  public Optional<Device> device() {
    return device;
  }

  /**
   * Another distance of tiles.
   *
   * @param value as a fraction of the patch, above 0, at most 1
   * @return a changed copy
   */
  public PredictorConfig withTileStep(double value) {
    return new PredictorConfig(value, tileWeight, mirroring, batchSize, threads, device);
  }

  /**
   * Other weights of overlapping tiles.
   *
   * @param value the strategy
   * @return a changed copy
   */
  public PredictorConfig withTileWeight(TileWeight value) {
    return new PredictorConfig(tileStep, value, mirroring, batchSize, threads, device);
  }

  /**
   * Other mirrored passes.
   *
   * @param value the mirroring
   * @return a changed copy
   */
  public PredictorConfig withMirroring(Mirroring value) {
    return new PredictorConfig(tileStep, tileWeight, value, batchSize, threads, device);
  }

  /**
   * More passes at once: faster on a GPU, more memory everywhere.
   *
   * @param value at least 1
   * @return a changed copy
   */
  public PredictorConfig withBatchSize(int value) {
    return new PredictorConfig(tileStep, tileWeight, mirroring, value, threads, device);
  }

  /**
   * Other threads of preprocessing and export.
   *
   * @param value at least 1
   * @return a changed copy
   */
  public PredictorConfig withThreads(int value) {
    return new PredictorConfig(tileStep, tileWeight, mirroring, batchSize, value, device);
  }

  /**
   * Another place for the networks.
   *
   * @param value such as {@code Device.cpu()}
   * @return a changed copy
   */
  public PredictorConfig withDevice(Device value) {
    return new PredictorConfig(
        tileStep, tileWeight, mirroring, batchSize, threads, Optional.of(value));
  }

  private List<Object> all() {
    return List.of(tileStep, tileWeight, mirroring, batchSize, threads, device);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PredictorConfig that && all().equals(that.all());
  }

  @Override
  public int hashCode() {
    return all().hashCode();
  }

  @Override
  public String toString() {
    return "PredictorConfig" + all();
  }
}
