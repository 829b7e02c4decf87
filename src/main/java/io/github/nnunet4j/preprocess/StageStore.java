package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.internal.AtomicFiles;
import io.github.nnunet4j.internal.Safetensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a stage of a cascade has predicted, on the network grid of the stage behind it: one file of
 * labels per case, {@code CASE.safetensors} with the tensor {@code labels} (z, y, x), 16 bit
 * (nnU-Net v2 {@code predicted_next_stage}). A file is whole or not there.
 */
public final class StageStore {
  private static final String ENDING = ".safetensors";
  private static final String TENSOR = "labels";
  private static final String EXTENT = "extent";

  private final Path folder;

  private StageStore(Path folder) {
    this.folder = folder;
  }

  /**
   * The predictions in a folder, which is made when the first is written.
   *
   * @param folder holds the files
   * @return the store
   */
  public static StageStore in(Path folder) {
    return new StageStore(folder);
  }

  /**
   * Whether there is a prediction for a case.
   *
   * @param id the case id
   * @return true if its file exists
   */
  public boolean holds(String id) {
    return Files.isRegularFile(file(id));
  }

  /**
   * Writes a prediction, atomically, in place of the one that is there.
   *
   * @param id the case id
   * @param labels on the network grid of the next stage
   * @throws PreprocessException if it cannot be written
   */
  public void write(String id, LabelMap labels) {
    Path file = file(id);
    Extent extent = labels.grid().extent();
    short[] voxels = labels.unsafeArray();
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(2, voxels.length)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(voxels);
    List<Long> shape = Arrays.stream(extent.toArray()).mapToObj(Long::valueOf).toList();
    try {
      AtomicFiles.sweep(file);
      Safetensors.write(
          file,
          Map.of(TENSOR, new Safetensors.Tensor("I16", shape, bytes)),
          Map.of(EXTENT, extent.toString()));
    } catch (IOException e) {
      throw new PreprocessException(
          new Problem(
              "case " + id + ", " + file,
              "to write the prediction for the next stage",
              e.toString(),
              "Free space or choose another folder, then train again: finished folds are kept."),
          e);
    }
  }

  /**
   * The prediction for a case, of which parts are read later.
   *
   * @param id the case id
   * @param grid the network grid of the next stage for the case
   * @return the labels
   * @throws PreprocessException if there is none, its file is damaged or of another extent; names
   *     case and file
   */
  public StageLabels open(String id, Grid grid) {
    Extent extent = grid.extent();
    Path file = file(id);
    if (!holds(id)) {
      throw refuse(
          id,
          "the prediction of the previous stage",
          "no such file",
          "Train the previous stage on the fold that holds this case out: training the cascade does"
              + " so if its folds hold out every case once.",
          null);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      String found = Safetensors.metadata(file).getOrDefault(EXTENT, "no extent");
      long begin = channel.size() - 2 * extent.voxels();
      ByteBuffer head = PreparedFile.fill(channel, 0, 8);
      if (!found.equals(extent.toString()) || begin != 8 + head.getLong()) {
        throw refuse(
            id,
            "labels of " + extent + " (z, y, x), as the prepared case has",
            found + " in " + channel.size() + " bytes",
            "Delete the file and train the cascade again: it belongs to another plan, or is"
                + " damaged.",
            null);
      }
      return new StageLabels(id, new StoredLabels(file, begin, grid));
    } catch (IOException e) {
      throw refuse(
          id,
          "the prediction of the previous stage",
          e.toString(),
          "Delete the file and train the cascade again.",
          e);
    }
  }

  private PreprocessException refuse(
      String id, String expected, String found, String next, @Nullable IOException cause) {
    Problem problem = new Problem("case " + id + ", " + file(id), expected, found, next);
    return cause == null
        ? new PreprocessException(problem)
        : new PreprocessException(problem, cause);
  }

  private Path file(String id) {
    return folder.resolve(id + ENDING);
  }

  @Override
  public String toString() {
    return "StageStore in " + folder;
  }
}
