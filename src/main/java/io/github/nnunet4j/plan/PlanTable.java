package io.github.nnunet4j.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A plan as text for people. */
final class PlanTable {
  private final List<List<String>> rows = new ArrayList<>();
  private final Plan plan;

  private PlanTable(Plan plan) {
    this.plan = plan;
  }

  static String of(Plan plan) {
    PlanTable table = new PlanTable(plan);
    table.fill();
    return table.header() + table.body() + table.networks();
  }

  private String header() {
    return String.format(
        Locale.ROOT,
        "%s of %s, made by %s%n"
            + "cases as they came: median spacing %s mm, median size %s, axes %s, read by %s%n",
        plan.plansName(),
        plan.datasetName(),
        plan.experimentPlanner(),
        plan.originalMedianSpacing(),
        plan.originalMedianExtent(),
        plan.axisOrder(),
        plan.imageReaderWriter());
  }

  /** Networks are too long for a cell. */
  private String networks() {
    StringBuilder out = new StringBuilder();
    for (Configuration c : plan.configurations()) {
      out.append(
          String.format(Locale.ROOT, "network of %s: %s%n", c.name(), c.topology().toString()));
    }
    return out.toString();
  }

  private void fill() {
    row("", Configuration::name);
    row("patch", c -> c.patch().toString());
    row("batch", c -> c.batchSize() + (c.batchDice() ? ", batch Dice" : ""));
    row("spacing (mm)", c -> join(List.of(box(c.recipe().targetSpacing().toArray()))));
    row("median size", c -> join(c.medianSize()));
    row("normalization", PlanTable::normalization);
    row("patch divisor", c -> each(c.topology().divisor(), "x"));
    row("image resampling", c -> c.recipe().imageResampling().toString());
    row("label resampling", c -> c.recipe().labelResampling().toString());
    row("logit resampling", c -> c.recipe().probabilityResampling().toString());
    row("inherits from", c -> c.inheritsFrom().orElse(""));
    row("previous stage", c -> c.previousStage().orElse(""));
    row("next stage", c -> String.join(", ", c.nextStages()));
    row("prepared data", Configuration::dataIdentifier);
  }

  private static String normalization(Configuration c) {
    return c.recipe().channels().stream()
        .map(
            channel ->
                channel.normalization().toString().replace("[]", "")
                    + (channel.useMask() ? " in nonzero" : ""))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static Double[] box(double[] values) {
    return Arrays.stream(values).boxed().toArray(Double[]::new);
  }

  private static String join(List<Double> values) {
    return values.stream()
        .map(value -> String.format(Locale.ROOT, "%.5g", value))
        .map(text -> text.contains(".") ? text.replaceAll("\\.?0+$", "") : text)
        .collect(Collectors.joining(" x "));
  }

  private static String each(List<?> values, String between) {
    return values.stream().map(Object::toString).collect(Collectors.joining(between));
  }

  private void row(String title, Function<Configuration, String> cell) {
    List<String> row = new ArrayList<>(List.of(title));
    plan.configurations().forEach(c -> row.add(cell.apply(c)));
    if (row.stream().skip(1).anyMatch(text -> !text.isEmpty())) {
      rows.add(row);
    }
  }

  private String body() {
    int columns = plan.configurations().size() + 1;
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      out.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return out.toString();
  }
}
