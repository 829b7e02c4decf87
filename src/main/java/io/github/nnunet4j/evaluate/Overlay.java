package io.github.nnunet4j.evaluate;

import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.AtomicFiles;
import io.github.nnunet4j.internal.Checks;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;

/**
 * A picture for people: one slice of an image, beside it the same slice with the labels of one or
 * more label maps in colour. Immutable.
 */
public final class Overlay {
  private static final int[] COLOURS = {
    0xe6194b, 0x3cb44b, 0x4363d8, 0xffe119, 0xf58231, 0x911eb4, 0x46f0f0, 0xf032e6, 0xbcf60c,
    0x008080
  };
  private static final int TITLE = 22;
  private static final int GAP = 8;
  private static final int PANEL = 320;
  private static final double OPACITY = 0.45;

  private final Volume image;
  private final int slice;
  private final List<Panel> panels;
  private final OverlayLegend legend;

  /** A title and what is painted below it. */
  private record Panel(String title, LabelMap labels) {}

  private Overlay(Volume image, int slice, List<Panel> panels, OverlayLegend legend) {
    this.image = image;
    this.slice = slice;
    this.panels = List.copyOf(panels);
    this.legend = legend;
  }

  /**
   * The picture of a slice.
   *
   * @param image whose first channel is shown
   * @param slice index along the first axis
   * @return a picture without labels
   */
  public static Overlay of(Volume image, int slice) {
    Checks.argument(
        slice >= 0 && slice < image.grid().extent().get(0),
        "slice %d is none of the %d slices",
        slice,
        image.grid().extent().get(0));
    return new Overlay(image, slice, List.of(), OverlayLegend.none());
  }

  /**
   * The picture of the slice with most foreground.
   *
   * @param image whose first channel is shown
   * @param labels on the extent of the image
   * @return a picture without labels
   */
  public static Overlay ofBusiestSlice(Volume image, LabelMap labels) {
    Extent extent = labels.grid().extent();
    int plane = extent.get(1) * extent.get(2);
    short[] voxels = labels.unsafeArray();
    int best = 0;
    int most = -1;
    for (int z = 0; z < extent.get(0); z++) {
      int count = 0;
      for (int i = z * plane; i < (z + 1) * plane; i++) {
        count += voxels[i] > 0 ? 1 : 0;
      }
      if (count > most) {
        most = count;
        best = z;
      }
    }
    return of(image, best);
  }

  /**
   * The same picture with one more panel.
   *
   * @param title above the panel
   * @param labels on the extent of the image; 0 and less stay transparent
   * @return the picture
   */
  public Overlay with(String title, LabelMap labels) {
    Checks.argument(
        labels.grid().extent().equals(image.grid().extent()),
        "labels %s do not lie on the image %s",
        labels.grid().extent(),
        image.grid().extent());
    List<Panel> more = new ArrayList<>(panels);
    more.add(new Panel(title, labels));
    return new Overlay(image, slice, more, legend);
  }

  /**
   * The same picture with the names of the labels that are to be seen, beside their colours.
   *
   * @param labels of the data set; regions give their names to the labels that they write
   * @return the picture
   */
  public Overlay withLegend(Labels labels) {
    return new Overlay(image, slice, panels, OverlayLegend.of(labels));
  }

  /**
   * Writes the picture, atomically.
   *
   * @param file a PNG file, replaced if there
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    BufferedImage picture = picture();
    AtomicFiles.write(file, out -> ImageIO.write(picture, "png", out));
  }

  private BufferedImage picture() {
    int rows = image.grid().extent().get(1);
    int columns = image.grid().extent().get(2);
    double dy = image.grid().spacing().get(1);
    double dx = image.grid().spacing().get(2);
    double scale = PANEL / Math.max(rows * dy, columns * dx);
    int width = Math.max(1, (int) Math.round(columns * dx * scale));
    int height = Math.max(1, (int) Math.round(rows * dy * scale));
    int whole = (panels.size() + 1) * (width + GAP) + GAP;
    int below = TITLE + 2 * GAP + height;
    Set<Integer> seen = seen(rows * columns);
    Graphics2D measuring = prepared(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));
    int names = legend.height(measuring, seen, whole - 2 * GAP);
    measuring.dispose();
    BufferedImage out = new BufferedImage(whole, below + names, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = prepared(out);
    int[] grey = grey(rows, columns);
    for (int p = 0; p <= panels.size(); p++) {
      int x = GAP + p * (width + GAP);
      graphics.setColor(Color.BLACK);
      graphics.drawString(p == 0 ? "image" : panels.get(p - 1).title(), x, GAP + 12);
      BufferedImage panel = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
      panel.setRGB(0, 0, columns, rows, p == 0 ? grey : coloured(grey, p - 1), 0, columns);
      graphics.drawImage(panel, x, TITLE + GAP, width, height, null);
    }
    legend.draw(graphics, seen, GAP, below, whole - 2 * GAP);
    graphics.dispose();
    return out;
  }

  /** White, with the font of titles and names. */
  private static Graphics2D prepared(BufferedImage picture) {
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    return graphics;
  }

  /** The labels of all panels on the slice, ascending. */
  private Set<Integer> seen(int plane) {
    Set<Integer> seen = new TreeSet<>();
    for (Panel panel : panels) {
      short[] voxels = panel.labels().unsafeArray();
      for (int i = slice * plane; i < (slice + 1) * plane; i++) {
        if (voxels[i] > 0) {
          seen.add((int) voxels[i]);
        }
      }
    }
    return seen;
  }

  /** The colour of a label above 0; there are ten. */
  static int colour(int label) {
    return COLOURS[(label - 1) % COLOURS.length];
  }

  /** The slice between its smallest and largest value. */
  private int[] grey(int rows, int columns) {
    float[] voxels = image.unsafeArray(0);
    int from = slice * rows * columns;
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < rows * columns; i++) {
      low = Math.min(low, voxels[from + i]);
      high = Math.max(high, voxels[from + i]);
    }
    float range = high > low ? high - low : 1;
    int[] grey = new int[rows * columns];
    for (int i = 0; i < grey.length; i++) {
      int level = (int) (255 * (voxels[from + i] - low) / range);
      grey[i] = level << 16 | level << 8 | level;
    }
    return grey;
  }

  private int[] coloured(int[] grey, int panel) {
    short[] labels = panels.get(panel).labels().unsafeArray();
    int[] out = grey.clone();
    for (int i = 0; i < out.length; i++) {
      int label = labels[slice * out.length + i];
      if (label > 0) {
        out[i] = mixed(out[i], colour(label));
      }
    }
    return out;
  }

  private static int mixed(int below, int above) {
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      double level = (below >> shift & 255) * (1 - OPACITY) + (above >> shift & 255) * OPACITY;
      mixed |= (int) level << shift;
    }
    return mixed;
  }
}
