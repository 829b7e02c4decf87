package io.github.nnunet4j.evaluate;

import io.github.nnunet4j.dataset.Labels;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of labels beside their colours, in rows. */
final class OverlayLegend {
  static final int ROW = 20;
  private static final int SQUARE = 12;
  private static final int GAP = 5;

  private final Map<Integer, String> names;

  private OverlayLegend(Map<Integer, String> names) {
    this.names = names;
  }

  static OverlayLegend none() {
    return new OverlayLegend(Map.of());
  }

  /** By the labels of classes; by those that regions write into a label map. */
  static OverlayLegend of(Labels labels) {
    Map<Integer, String> names = new HashMap<>();
    List<String> regions = new ArrayList<>();
    labels
        .declared()
        .forEach(
            (name, region) -> {
              if (region.labels().size() == 1) {
                names.put(region.labels().get(0), name);
              }
              if (labels.regions().contains(region.labels())) {
                regions.add(name);
              }
            });
    List<Integer> painted = labels.hasRegions() ? labels.regionsClassOrder() : List.of();
    for (int i = 0; i < painted.size(); i++) {
      names.put(painted.get(i), regions.get(i));
    }
    return new OverlayLegend(names);
  }

  /** How high the rows of these labels are. */
  int height(Graphics2D graphics, Collection<Integer> labels, int width) {
    List<Entry> entries = entries(graphics, labels, width);
    return entries.isEmpty() ? 0 : (entries.get(entries.size() - 1).row() + 1) * ROW;
  }

  /** Draws the rows with their upper left corner at a place. */
  void draw(Graphics2D graphics, Collection<Integer> labels, int left, int top, int width) {
    for (Entry entry : entries(graphics, labels, width)) {
      int x = left + entry.x();
      int y = top + entry.row() * ROW;
      graphics.setColor(new Color(Overlay.colour(entry.label())));
      graphics.fillRect(x, y, SQUARE, SQUARE);
      graphics.setColor(Color.BLACK);
      graphics.drawString(name(entry.label()), x + SQUARE + GAP, y + SQUARE - 1);
    }
  }

  /** A label and where it stands. */
  private record Entry(int label, int row, int x) {}

  private List<Entry> entries(Graphics2D graphics, Collection<Integer> labels, int width) {
    List<Entry> entries = new ArrayList<>();
    int row = 0;
    int x = 0;
    for (int label : names.isEmpty() ? List.<Integer>of() : labels) {
      int needed = SQUARE + GAP + graphics.getFontMetrics().stringWidth(name(label));
      if (x > 0 && x + needed > width) {
        row++;
        x = 0;
      }
      entries.add(new Entry(label, row, x));
      x += needed + 4 * GAP;
    }
    return entries;
  }

  private String name(int label) {
    return names.getOrDefault(label, Integer.toString(label));
  }
}
