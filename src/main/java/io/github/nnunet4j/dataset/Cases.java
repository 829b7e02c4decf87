package io.github.nnunet4j.dataset;

import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.ImageFormat;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Parallel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Cases that do not come from a data set folder, and work over many cases. */
public final class Cases {
  private Cases() {}

  /** Loads something when it is asked for; may be asked repeatedly and by several threads. */
  @FunctionalInterface
  public interface Source<T> {
    /**
     * Loads it.
     *
     * @return the same content at each call
     * @throws IOException if it cannot be had
     */
    T load() throws IOException;
  }

  /**
   * A case in memory.
   *
   * @param id unique in its data set
   * @param image all channels
   * @param labels the reference
   * @return the case
   */
  public static Case of(String id, Volume image, LabelMap labels) {
    return new Supplied(id, () -> image, Optional.of(() -> labels));
  }

  /**
   * A case in memory without reference, to be predicted.
   *
   * @param id unique in its data set
   * @param image all channels
   * @return the case
   */
  public static Case of(String id, Volume image) {
    return new Supplied(id, () -> image, Optional.empty());
  }

  /**
   * A case that the application loads when it is needed.
   *
   * @param id unique in its data set
   * @param image loads all channels
   * @param labels loads the reference
   * @return the case
   */
  public static Case lazy(String id, Source<Volume> image, Source<LabelMap> labels) {
    return new Supplied(id, image, Optional.of(labels));
  }

  /**
   * A case without reference that the application loads when it is needed.
   *
   * @param id unique in its data set
   * @param image loads all channels
   * @return the case
   */
  public static Case lazy(String id, Source<Volume> image) {
    return new Supplied(id, image, Optional.empty());
  }

  /**
   * The images of a folder, to be predicted: one file per case and channel ({@code
   * CASE_0000.nii.gz}), or per case with all channels. No voxels are read yet.
   *
   * @param folder of the images
   * @param description of the data set with which the network was trained: channels, file ending
   * @param formats how files are read, most preferred first; none to go by the description and the
   *     file names
   * @return ascending by id, at least one, each read when it is asked for
   * @throws DatasetException if the folder cannot be read or holds no case
   */
  public static List<Case> inFolder(
      Path folder, DatasetDescription description, ImageFormat... formats) {
    return new DatasetFolder(folder, List.of(formats)).images(description);
  }

  private record Supplied(
      String id, Source<Volume> imageSource, Optional<Source<LabelMap>> reference) implements Case {
    @Override
    public Volume image() throws IOException {
      return imageSource.load();
    }

    @Override
    public Optional<LabelMap> labels() throws IOException {
      return reference.isPresent() ? Optional.of(reference.get().load()) : Optional.empty();
    }

    @Override
    public String toString() {
      return id;
    }
  }

  /** Work on one case. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does the work.
     *
     * @param index position of the case in its list
     * @param of the case
     * @throws IOException if the case cannot be read
     */
    void run(int index, Case of) throws IOException;
  }

  /**
   * Works on each case once, on several threads. The first failure ends the work and is passed on.
   *
   * @param cases what to work on
   * @param threads how many work at the same time, at least 1
   * @param job what the threads are named after
   * @param listener hears of each case that is done
   * @param work run once per case
   * @throws DatasetException if a case cannot be read
   * @throws io.github.nnunet4j.error.CancelledException if the calling thread is interrupted
   */
  public static void forEach(
      List<? extends Case> cases, int threads, String job, CaseListener listener, Work work) {
    AtomicInteger done = new AtomicInteger();
    Parallel.forEach(
        cases.size(),
        threads,
        job,
        i -> {
          Case one = cases.get(i);
          try {
            work.run(i, one);
          } catch (IOException e) {
            throw unreadable(one, e);
          }
          synchronized (done) {
            listener.finished(one.id(), done.incrementAndGet(), cases.size());
          }
        });
  }

  private static DatasetException unreadable(Case one, IOException cause) {
    return new DatasetException(
        new Problem(
            "case " + one.id(),
            "a readable case",
            cause.toString(),
            "Check that its files exist, are complete and may be read."),
        cause);
  }
}
