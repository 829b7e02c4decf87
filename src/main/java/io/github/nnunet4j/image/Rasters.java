package io.github.nnunet4j.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pages of PNG, BMP and TIFF files through the JDK's codecs, sizes judged before decoding. */
final class Rasters {
  private final Path file;
  private final ReadLimits limits;

  private Rasters(Path file, ReadLimits limits) {
    this.file = file;
    this.limits = limits;
  }

  /**
   * One page: float channels, row-major (y, x).
   *
   * @param width pixels of a row
   * @param height rows
   * @param bands values of each band
   */
  record Page(int width, int height, List<float[]> bands) {}

  /** All pages; more than the most allowed are refused before they are decoded. */
  static List<Page> read(Path file, ReadLimits limits, int mostPages) throws IOException {
    Malformed.requireThere(file);
    int pages = Names.endsWith(file, ".tif", ".tiff") ? TiffDirectories.count(file) : 1;
    if (pages > mostPages) {
      throw Malformed.file(
          file,
          "at most " + mostPages + " pages",
          pages + " pages",
          "Read a stack of pages with ImageFormats.tiff3d().");
    }
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      return new Rasters(file, limits).pages(in, pages);
    }
  }

  private List<Page> pages(ImageInputStream in, int pages) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    if (!readers.hasNext()) {
      throw Malformed.file(file, "a PNG, BMP or TIFF image", "other content");
    }
    ImageReader reader = readers.next();
    try {
      reader.setInput(in, false, true);
      List<Page> all = new ArrayList<>();
      for (int page = 0; page < pages; page++) {
        all.add(page(reader, page, pages));
      }
      return all;
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw broken(e);
    } catch (IndexOutOfBoundsException | NegativeArraySizeException | NullPointerException e) {
      // The JDK's codecs answer some malformed files with these.
      throw broken(e);
    } catch (ArithmeticException | ClassCastException | UnsupportedOperationException e) {
      throw broken(e);
    } finally {
      reader.dispose();
    }
  }

  private RuntimeException broken(Exception e) {
    return Malformed.file(
        file,
        "an intact image of a common kind",
        String.valueOf(e.getMessage()),
        "Write it again as plain gray or RGB.",
        e);
  }

  private Page page(ImageReader reader, int index, int pages) throws IOException {
    int width = reader.getWidth(index);
    int height = reader.getHeight(index);
    long values = limits.product(file, width, height, pages);
    ReadLimits.requireBytes(file, values / 8, Files.size(file), true);
    limits.requireRoom(file, values, 4, Float.BYTES);
    BufferedImage image = reader.read(index);
    Raster raster = image.getRaster();
    ColorModel colours = image.getColorModel();
    List<float[]> bands = new ArrayList<>();
    if (colours instanceof IndexColorModel palette
        && raster.getSampleModel().getSampleSize(0) > 1) {
      expand(raster, palette, bands);
    } else {
      for (int band = 0; band < raster.getNumBands(); band++) {
        bands.add(raster.getSamples(0, 0, width, height, band, (float[]) null));
      }
    }
    return new Page(width, height, bands);
  }

  /** Palette to colour, or to one channel where every entry is gray. */
  private static void expand(Raster raster, IndexColorModel palette, List<float[]> bands) {
    boolean gray = true;
    for (int i = 0; i < palette.getMapSize(); i++) {
      gray &= palette.getRed(i) == palette.getGreen(i) && palette.getRed(i) == palette.getBlue(i);
    }
    int[] indices = raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), 0, (int[]) null);
    for (int shift = 16; shift >= (gray ? 16 : 0); shift -= 8) {
      float[] band = new float[indices.length];
      for (int i = 0; i < band.length; i++) {
        band[i] = (palette.getRGB(indices[i]) >> shift) & 0xff;
      }
      bands.add(band);
    }
  }

  /** Labels of one slice as a gray image. */
  private static BufferedImage gray(LabelMap labels, SampleType type, int slice) {
    int height = labels.grid().extent().get(1);
    int width = labels.grid().extent().get(2);
    BufferedImage image =
        new BufferedImage(
            width,
            height,
            type == SampleType.UINT8
                ? BufferedImage.TYPE_BYTE_GRAY
                : BufferedImage.TYPE_USHORT_GRAY);
    short[] all = labels.unsafeArray();
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      int at = (slice * height + y) * width;
      for (int x = 0; x < width; x++) {
        row[x] = all[at + x];
      }
      image.getRaster().setSamples(0, y, width, 1, 0, row);
    }
    return image;
  }

  /** Encodes labels, one page a slice. */
  static byte[] encode(LabelMap labels, Path file) throws IOException {
    SampleType type = VoxelOutput.typeFor(labels);
    boolean bmp = Names.endsWith(file, ".bmp");
    if (type == SampleType.INT16 || (bmp && type != SampleType.UINT8)) {
      throw Malformed.file(
          file,
          bmp ? "labels from 0 to 254" : "labels from 0 to 32767",
          "others",
          "Write NIfTI, MetaImage or NRRD.");
    }
    boolean tiff = Names.endsWith(file, ".tif", ".tiff");
    String codec = tiff ? "tiff" : bmp ? "bmp" : "png";
    ImageWriter writer = ImageIO.getImageWritersByFormatName(codec).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      if (tiff) {
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        how.setCompressionType("ZLib");
        writer.prepareWriteSequence(null);
        for (int z = 0; z < labels.grid().extent().get(0); z++) {
          writer.writeToSequence(new IIOImage(gray(labels, type, z), null, null), how);
        }
        writer.endWriteSequence();
      } else {
        writer.write(gray(labels, type, 0));
      }
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Labels of pages that have one band each. */
  static short[] labels(Path file, List<Page> pages) {
    int size = pages.get(0).bands().get(0).length;
    short[] labels = new short[Math.multiplyExact(size, pages.size())];
    int at = 0;
    for (Page page : pages) {
      if (page.bands().size() != 1) {
        throw Malformed.file(file, "one channel of labels", page.bands().size() + " channels");
      }
      for (float value : page.bands().get(0)) {
        if ((short) value != value) {
          throw VoxelStream.notALabel(file, value);
        }
        labels[at++] = (short) value;
      }
    }
    return labels;
  }
}
