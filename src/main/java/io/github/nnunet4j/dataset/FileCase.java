package io.github.nnunet4j.dataset;

import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.ImageException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.ImageFormat;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A case of image files, read each time it is asked for. */
final class FileCase implements Case {
  private final String id;
  private final List<Path> images;
  private final Optional<Path> label;
  private final List<Channel> channels;
  private final List<ImageFormat> formats;

  /**
   * A case.
   *
   * @param images one file per channel, or files of several channels that follow one another
   */
  FileCase(
      String id,
      List<Path> images,
      Optional<Path> label,
      List<Channel> channels,
      List<ImageFormat> formats) {
    this.id = id;
    this.images = List.copyOf(images);
    this.label = label;
    this.channels = channels;
    this.formats = formats;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public List<Path> files() {
    List<Path> files = new ArrayList<>(images);
    label.ifPresent(files::add);
    return List.copyOf(files);
  }

  @Override
  public Volume image() throws IOException {
    List<float[]> voxels = new ArrayList<>();
    Grid grid = null;
    for (Path file : images) {
      Volume part = read(file, ImageFormat::read);
      if (grid == null) {
        grid = part.grid();
      }
      requireSame(grid, part.grid(), file);
      for (int c = 0; c < part.channels(); c++) {
        voxels.add(part.unsafeArray(c));
      }
    }
    if (grid == null || voxels.size() != channels.size()) {
      throw problem(
          "image",
          channels.size() + " channels " + channels.stream().map(Channel::name).toList(),
          voxels.size() + " in " + images,
          "Give one file per channel, CASE_0000, CASE_0001, ..., or correct channel_names.");
    }
    return Volume.wrap(grid, voxels.toArray(float[][]::new));
  }

  private void requireSame(Grid first, Grid other, Path file) {
    if (!first.extent().equals(other.extent())) {
      throw problem(
          file.toString(),
          first.extent() + " voxels (z, y, x) as in " + images.get(0).getFileName(),
          other.extent().toString(),
          "All channels of a case lie on one grid: resample or correct the file.");
    }
    if (!Geometry.sameSpacing(first, other)) {
      throw problem(
          file.toString(),
          "a spacing of " + first.spacing() + " mm as in " + images.get(0).getFileName(),
          other.spacing() + " mm",
          "All channels of a case lie on one grid: resample or correct the file.");
    }
  }

  @Override
  public Optional<LabelMap> labels() throws IOException {
    return label.isPresent()
        ? Optional.of(read(label.get(), ImageFormat::readLabels))
        : Optional.empty();
  }

  private interface Reader<T> {
    T read(ImageFormat format, Path file) throws IOException;
  }

  private <T> T read(Path file, Reader<T> reader) throws IOException {
    if (!Files.exists(file)) {
      throw problem(
          file.toString(),
          "a file",
          "no such file",
          "Add it, or correct its name or dataset.json.");
    }
    try {
      return reader.read(ImageFormats.forFile(file, formats), file);
    } catch (ImageException e) {
      throw new DatasetException(e.within("case " + id), e);
    } catch (IOException e) {
      throw new DatasetException(
          new Problem(
              "case " + id + ": " + file,
              "a readable file",
              e.toString(),
              "Check that it is complete and may be read."),
          e);
    }
  }

  private DatasetException problem(String where, String expected, String found, String next) {
    return new DatasetException(new Problem(where, expected, found, next).within("case " + id));
  }

  @Override
  public String toString() {
    return id + " " + files();
  }
}
