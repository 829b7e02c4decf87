package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.LabelMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Labels that are computed when first asked for, then kept; does not hold on to their source. */
final class LazyLabels implements Supplier<LabelMap> {
  private @Nullable Supplier<LabelMap> source;
  private @Nullable LabelMap labels;

  private LazyLabels(@Nullable Supplier<LabelMap> source, @Nullable LabelMap labels) {
    this.source = source;
    this.labels = labels;
  }

  static LazyLabels of(LabelMap labels) {
    return new LazyLabels(null, labels);
  }

  static LazyLabels of(Supplier<LabelMap> source) {
    return new LazyLabels(source, null);
  }

  @Override
  public LabelMap get() {
    LabelMap known = labels;
    Supplier<LabelMap> from = source;
    if (known == null && from != null) {
      known = from.get();
      labels = known;
      source = null;
    }
    if (known == null) {
      throw new IllegalStateException("a step gave no labels");
    }
    return known;
  }
}
