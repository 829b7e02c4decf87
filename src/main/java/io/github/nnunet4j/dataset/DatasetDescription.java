package io.github.nnunet4j.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.ImageFormat;
import io.github.nnunet4j.internal.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code dataset.json} says of a data set: channels, labels, the ending of its files. A
 * trained model keeps it, since it tells what goes in and what comes out.
 */
public final class DatasetDescription {
  private final List<Channel> channels;
  private final Labels labels;
  private final String fileEnding;
  private final Optional<String> readerWriter;
  private final OptionalInt declaredCases;
  private final ObjectNode further;

  private DatasetDescription(Builder builder) {
    channels = List.copyOf(builder.channels);
    labels = builder.labels;
    fileEnding = builder.fileEnding;
    readerWriter = builder.readerWriter;
    declaredCases = builder.declaredCases;
    further = builder.further.deepCopy();
    require(
        !channels.isEmpty(), "channel_names", "at least one channel", "none", "Name the channels.");
    require(
        fileEnding.matches("\\.[A-Za-z0-9.]{1,20}"),
        "file_ending",
        "a dot and letters, such as .nii.gz",
        "\"" + fileEnding + "\"",
        "Give the common ending of the image files.");
  }

  private static void require(
      boolean ok, String where, String expected, String found, String next) {
    if (!ok) {
      throw new DatasetException(new Problem("dataset " + where, expected, found, next));
    }
  }

  /**
   * A builder without channels, with background as only label and ending {@code .nii.gz}.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A builder with the values of this description.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.channels = channels;
    builder.labels = labels;
    builder.fileEnding = fileEnding;
    builder.readerWriter = readerWriter;
    builder.declaredCases = declaredCases;
    builder.further = further;
    return builder;
  }

  /**
   * The input channels.
   *
   * @return in the order of the image's channels, at least one
   */
  public List<Channel> channels() {
    return channels;
  }

  /**
   * What the numbers of a label map mean.
   *
   * @return the labels
   */
  public Labels labels() {
    return labels;
  }

  /**
   * The ending of image and label files.
   *
   * @return with its dot, such as {@code .nii.gz}
   */
  public String fileEnding() {
    return fileEnding;
  }

  /**
   * The value of {@code overwrite_image_reader_writer}: nnU-Net's word for the way files are read.
   *
   * @return a word such as {@code SimpleITKIO}; empty to go by the file ending
   */
  public Optional<String> readerWriter() {
    return readerWriter;
  }

  /**
   * The formats that the data set's files are read and written with.
   *
   * @return most preferred first; by {@link #readerWriter()}, or all
   * @throws io.github.nnunet4j.error.DatasetException if the word is unknown
   */
  public List<ImageFormat> formats() {
    return ReaderWords.formats(readerWriter, List.of());
  }

  /**
   * The number of training cases that the file declares, {@code numTraining}.
   *
   * @return empty if it declares none
   */
  public OptionalInt declaredCases() {
    return declaredCases;
  }

  /** Keys of the file that the library does not interpret, such as licence and reference. */
  ObjectNode further() {
    return further;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DatasetDescription that
        && channels.equals(that.channels)
        && labels.equals(that.labels)
        && fileEnding.equals(that.fileEnding)
        && readerWriter.equals(that.readerWriter)
        && declaredCases.equals(that.declaredCases)
        && further.equals(that.further);
  }

  @Override
  public int hashCode() {
    return Arrays.asList(channels, labels, fileEnding, readerWriter, declaredCases).hashCode();
  }

  @Override
  public String toString() {
    return "channels "
        + channels.stream().map(Channel::name).toList()
        + ", labels "
        + labels
        + ", files *"
        + fileEnding;
  }

  /** Collects the values of a description. */
  public static final class Builder {
    private List<Channel> channels = List.of();
    private Labels labels = Labels.of();
    private String fileEnding = ".nii.gz";
    private Optional<String> readerWriter = Optional.empty();
    private OptionalInt declaredCases = OptionalInt.empty();
    private ObjectNode further = Json.object();

    private Builder() {}

    /**
     * Sets the channels.
     *
     * @param values in the order of the image's channels
     * @return this builder
     */
    public Builder channels(List<Channel> values) {
      channels = List.copyOf(values);
      return this;
    }

    /**
     * Sets the channels by name.
     *
     * @param names in the order of the image's channels
     * @return this builder
     */
    public Builder channels(String... names) {
      return channels(Arrays.stream(names).map(Channel::new).toList());
    }

    /**
     * Sets the labels.
     *
     * @param value the labels
     * @return this builder
     */
    public Builder labels(Labels value) {
      labels = value;
      return this;
    }

    /**
     * Sets the ending of image and label files.
     *
     * @param value with its dot
     * @return this builder
     */
    public Builder fileEnding(String value) {
      fileEnding = value;
      return this;
    }

    /**
     * Sets nnU-Net's word for the way files are read.
     *
     * @param word such as {@code SimpleITKIO}
     * @return this builder
     */
    public Builder readerWriter(String word) {
      readerWriter = Optional.of(word);
      return this;
    }

    /**
     * Sets the number of training cases.
     *
     * @param value zero or more
     * @return this builder
     */
    public Builder declaredCases(int value) {
      declaredCases = OptionalInt.of(value);
      return this;
    }

    Builder further(ObjectNode value) {
      further = value;
      return this;
    }

    /**
     * The description.
     *
     * @return an immutable copy
     * @throws DatasetException without a channel, or with a malformed file ending
     */
    public DatasetDescription build() {
      return new DatasetDescription(this);
    }
  }
}
