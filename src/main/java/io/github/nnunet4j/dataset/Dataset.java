package io.github.nnunet4j.dataset;

import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.NnUNetException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.ImageFormat;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Training cases, perhaps test cases, and what they mean. Opened from a folder in the form of
 * nnU-Net v2, v1 or the Medical Segmentation Decathlon, or built of cases that the application
 * supplies. Opening reads no voxels.
 */
public final class Dataset {
  private final String name;
  private final DatasetDescription description;
  private final List<Case> cases;
  private final List<Case> testCases;
  private final Optional<Path> folder;
  private final Map<String, Case> byId = new HashMap<>();

  private Dataset(Builder builder) {
    name = builder.name;
    folder = builder.folder;
    cases = sorted(builder.cases);
    testCases = sorted(builder.testCases);
    DatasetDescription given = builder.description.build();
    description =
        folder.isPresent() ? given : given.toBuilder().declaredCases(cases.size()).build();
    cases.forEach(one -> byId.put(one.id(), one));
    requireNames(cases);
    requireNames(testCases);
  }

  private void requireNames(List<Case> some) {
    Set<String> ids = new HashSet<>();
    for (Case one : some) {
      if (!ids.add(one.id())) {
        throw problem(
            "different case ids", "\"" + one.id() + "\" twice", "Rename one of the two cases.");
      }
      if (one.id().isEmpty()
          || one.id().startsWith(".")
          || !one.id().matches("[^/\\\\\\p{Cntrl}]+")) {
        throw problem(
            "case ids that can be file names",
            "\"" + one.id() + "\"",
            "Use letters, digits, dots, dashes and underscores.");
      }
    }
  }

  private static List<Case> sorted(List<Case> cases) {
    return cases.stream().sorted(Comparator.comparing(Case::id, CaseIds.ORDER)).toList();
  }

  private DatasetException problem(String expected, String found, String next) {
    return new DatasetException(new Problem("data set " + name, expected, found, next));
  }

  /**
   * Opens a data set folder: {@code dataset.json} beside {@code imagesTr} with one file per case
   * and channel ({@code CASE_0000.nii.gz}) or per case with all channels, {@code labelsTr}, and
   * optionally {@code imagesTs}. Explicit file paths under the key {@code dataset} (v2) or {@code
   * training} (v1, Decathlon) are honoured; environment variables in them are not expanded.
   *
   * @param folder of the data set; its name becomes the data set's name
   * @param formats how files are read, most preferred first; none to go by {@code dataset.json} and
   *     the file names
   * @return the data set
   * @throws DatasetException if the folder or {@code dataset.json} cannot be read, {@code
   *     dataset.json} breaks a rule, there is no case, or two cases have one id
   */
  public static Dataset open(Path folder, ImageFormat... formats) {
    return new DatasetFolder(folder, List.of(formats)).open();
  }

  /**
   * Starts a data set of supplied cases.
   *
   * @param name any name; nnU-Net's have the form Dataset004_Hippocampus
   * @return a builder
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /**
   * The name.
   *
   * @return such as Dataset004_Hippocampus
   */
  public String name() {
    return name;
  }

  /**
   * Channels, labels and file ending together.
   *
   * @return what {@code dataset.json} says
   */
  public DatasetDescription description() {
    return description;
  }

  /**
   * The input channels.
   *
   * @return at least one
   */
  public List<Channel> channels() {
    return description.channels();
  }

  /**
   * What the numbers of a label map mean.
   *
   * @return the labels
   */
  public Labels labels() {
    return description.labels();
  }

  /**
   * The ending of image and label files.
   *
   * @return with its dot
   */
  public String fileEnding() {
    return description.fileEnding();
  }

  /**
   * The folder it was opened from.
   *
   * @return empty for a built data set
   */
  public Optional<Path> folder() {
    return folder;
  }

  /**
   * The training cases.
   *
   * @return ascending by id, by code point
   */
  public List<Case> cases() {
    return cases;
  }

  /**
   * Cases without reference, from {@code imagesTs}.
   *
   * @return ascending by id, possibly none
   */
  public List<Case> testCases() {
    return testCases;
  }

  /**
   * The ids of the training cases.
   *
   * @return ascending by code point
   */
  public List<String> ids() {
    return cases.stream().map(Case::id).toList();
  }

  /**
   * A training case by id.
   *
   * @param id the case id
   * @return the case
   * @throws DatasetException if there is none
   */
  public Case find(String id) {
    Case found = byId.get(id);
    if (found == null) {
      throw problem(
          "a case \"" + id + "\"", "cases " + CaseIds.some(ids()), "Correct the case id.");
    }
    return found;
  }

  /**
   * Training cases by id.
   *
   * @param ids the case ids
   * @return the cases in the order of the ids
   * @throws DatasetException if one is unknown
   */
  public List<Case> find(List<String> ids) {
    return ids.stream().map(this::find).toList();
  }

  /**
   * Cuts the training cases into folds.
   *
   * @param strategy such as {@link Folds#crossValidation()}
   * @return one split per fold
   * @throws DatasetException if the strategy refuses
   */
  public List<Split> split(FoldStrategy strategy) {
    try {
      return strategy.split(ids());
    } catch (NnUNetException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StrategyException(
          new Problem(
              "folds of data set " + name,
              "splits of the " + cases.size() + " cases",
              e.toString(),
              "Correct the fold strategy " + strategy + "."),
          e);
    }
  }

  /**
   * Reads every training case and lists everything that is wrong (nnU-Net v2 {@code
   * verify_dataset_integrity}).
   *
   * @param threads how many cases are read at the same time
   * @return all problems
   */
  public IntegrityReport verify(int threads) {
    return verify(threads, CaseListener.silent());
  }

  /**
   * Reads every training case and lists everything that is wrong (nnU-Net v2 {@code
   * verify_dataset_integrity}).
   *
   * @param threads how many cases are read at the same time
   * @param listener hears of each case that is read
   * @return all problems
   */
  public IntegrityReport verify(int threads, CaseListener listener) {
    return new IntegrityCheck(this).run(threads, listener);
  }

  @Override
  public String toString() {
    return name + ": " + cases.size() + " cases, " + description;
  }

  /** Collects the parts of a data set. */
  public static final class Builder {
    private final String name;
    private final List<Case> cases = new ArrayList<>();
    private final List<Case> testCases = new ArrayList<>();
    private DatasetDescription.Builder description = DatasetDescription.builder();
    private Optional<Path> folder = Optional.empty();

    private Builder(String name) {
      this.name = name;
    }

    /**
     * Names the channels.
     *
     * @param names in the order of the image's channels; CT and others choose the normalization
     * @return this builder
     */
    public Builder channels(String... names) {
      description.channels(names);
      return this;
    }

    /**
     * Sets the labels.
     *
     * @param labels what the numbers of the label maps mean
     * @return this builder
     */
    public Builder labels(Labels labels) {
      description.labels(labels);
      return this;
    }

    /**
     * Sets channels, labels and file ending at once.
     *
     * @param values as read from a {@code dataset.json}
     * @return this builder
     */
    public Builder description(DatasetDescription values) {
      description = values.toBuilder();
      return this;
    }

    /**
     * Adds a training case.
     *
     * @param one with labels
     * @return this builder
     */
    public Builder add(Case one) {
      cases.add(one);
      return this;
    }

    /**
     * Adds a training case in memory.
     *
     * @param id unique
     * @param image all channels
     * @param labels the reference
     * @return this builder
     */
    public Builder add(String id, Volume image, LabelMap labels) {
      return add(Cases.of(id, image, labels));
    }

    /**
     * Adds a case to predict.
     *
     * @param one labels are not asked for
     * @return this builder
     */
    public Builder addTest(Case one) {
      testCases.add(one);
      return this;
    }

    Builder folder(Path value) {
      folder = Optional.of(value);
      return this;
    }

    /**
     * The data set.
     *
     * @return immutable
     * @throws DatasetException without channels, with two cases of one id, or with an id that
     *     cannot be a file name
     */
    public Dataset build() {
      return new Dataset(this);
    }
  }
}
