package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.internal.Mt19937;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A sample of the voxels of each class of a prepared case, around which training places patches
 * (nnU-Net v2 {@code class_locations}). Classes are the foreground labels, or the regions; data
 * sets with an ignore label have one more, of all annotated voxels, whose key starts with -1.
 *
 * <p>Of n voxels, max(min(10000, n), n / 100 rounded up) are kept, drawn without repetition by one
 * generator of seed 1234 for all classes, in the reference's very order.
 */
public final class ClassLocations {
  private static final Sampling STANDARD = new Sampling(1234, 10_000, 0.01);

  private final Extent extent;
  private final List<List<Integer>> keys;
  private final List<Integer> counts;
  private final Source source;

  /** How many voxels of a class are kept: {@code enough}, or a share of all if that is more. */
  record Sampling(int seed, int enough, double share) {
    private int kept(int all) {
      return Math.max(Math.min(enough, all), (int) Math.ceil(all * share));
    }
  }

  /** Holds the voxels, in memory or in a file. */
  @FunctionalInterface
  interface Source {
    /** Some voxels of a class, beginning with one of them. */
    int[] read(int key, int from, int count);
  }

  private ClassLocations(
      Extent extent, List<List<Integer>> keys, List<Integer> counts, Source source) {
    this.extent = extent;
    this.keys = List.copyOf(keys);
    this.counts = List.copyOf(counts);
    this.source = source;
  }

  /**
   * Draws the locations.
   *
   * @param prepared labels on the network grid, -1 outside of the nonzero region
   * @param meaning of the labels
   * @return a sample of each class
   */
  public static ClassLocations of(LabelMap prepared, Labels meaning) {
    List<List<Integer>> keys =
        new ArrayList<>(
            meaning.hasRegions()
                ? meaning.regions()
                : meaning.foreground().stream().map(List::of).toList());
    if (meaning.ignore().isPresent()) {
      List<Integer> annotated = new ArrayList<>(List.of(-1));
      annotated.addAll(meaning.all());
      keys.add(annotated);
    }
    return of(prepared, keys, STANDARD);
  }

  static ClassLocations of(LabelMap prepared, List<List<Integer>> keys, Sampling sampling) {
    VoxelsByLabel byLabel = VoxelsByLabel.of(prepared.unsafeArray(), keys);
    Mt19937 random = new Mt19937(sampling.seed());
    int[][] drawn = new int[keys.size()][];
    for (int k = 0; k < drawn.length; k++) {
      drawn[k] = draw(byLabel.of(keys.get(k)), sampling, random);
    }
    return new ClassLocations(
        prepared.grid().extent(),
        keys,
        Arrays.stream(drawn).map(voxels -> voxels.length).toList(),
        (key, from, count) -> Arrays.copyOfRange(drawn[key], from, from + count));
  }

  private static int[] draw(int[] all, Sampling sampling, Mt19937 random) {
    if (all.length == 0) {
      return all;
    }
    int kept = sampling.kept(all.length);
    int[] chosen = random.chooseDistinct(all.length, kept);
    for (int i = 0; i < kept; i++) {
      chosen[i] = all[chosen[i]];
    }
    return chosen;
  }

  /**
   * No classes at all, for a case without reference.
   *
   * @param extent of the prepared case
   * @return an empty value
   */
  public static ClassLocations none(Extent extent) {
    return new ClassLocations(extent, List.of(), List.of(), (key, from, count) -> new int[0]);
  }

  /** Locations that are stored and stay there: those of many cases would fill the memory. */
  static ClassLocations stored(
      Extent extent, List<List<Integer>> keys, List<Integer> counts, Source source) {
    return new ClassLocations(extent, keys, counts, source);
  }

  /**
   * The extent of the prepared case.
   *
   * @return (z, y, x)
   */
  public Extent extent() {
    return extent;
  }

  /**
   * The classes.
   *
   * @return the labels of each class; those of the annotated voxels start with -1 and come last
   */
  public List<List<Integer>> keys() {
    return keys;
  }

  /**
   * How many voxels of a class are listed.
   *
   * @param key index into {@link #keys}
   * @return 0 if the class does not occur
   */
  public int count(int key) {
    return counts.get(key);
  }

  /** All voxels of a class, in drawn order. */
  int[] voxels(int key) {
    return source.read(key, 0, count(key));
  }

  /**
   * A voxel of a class; of a stored case it is read from the file.
   *
   * @param key index into {@link #keys}
   * @param index from 0 to count - 1, in drawn order
   * @return (z * rows + y) * columns + x
   * @throws IndexOutOfBoundsException if there is no such voxel
   * @throws io.github.nnunet4j.error.PreprocessException if it cannot be read
   */
  public int voxel(int key, int index) {
    return source.read(key, Objects.checkIndex(index, count(key)), 1)[0];
  }

  /**
   * One coordinate of a voxel of a class.
   *
   * @param key index into {@link #keys}
   * @param index from 0 to count - 1, in drawn order
   * @param axis 0 = z, 1 = y, 2 = x
   * @return the coordinate
   * @throws IndexOutOfBoundsException if there is no such voxel
   * @throws io.github.nnunet4j.error.PreprocessException if it cannot be read
   */
  public int coordinate(int key, int index, int axis) {
    Checks.argument(axis >= 0 && axis < 3, "axis %d is not 0, 1 or 2", axis);
    int voxel = voxel(key, index);
    int row = voxel / extent.get(2);
    return axis == 2
        ? voxel % extent.get(2)
        : axis == 1 ? row % extent.get(1) : row / extent.get(1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClassLocations that
        && extent.equals(that.extent)
        && keys.equals(that.keys)
        && counts.equals(that.counts)
        && IntStream.range(0, keys.size())
            .allMatch(key -> Arrays.equals(voxels(key), that.voxels(key)));
  }

  @Override
  public int hashCode() {
    return 31 * keys.hashCode() + counts.hashCode();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("ClassLocations");
    for (int k = 0; k < keys.size(); k++) {
      text.append(k == 0 ? " " : ", ").append(keys.get(k)).append(": ").append(count(k));
    }
    return text.toString();
  }
}
