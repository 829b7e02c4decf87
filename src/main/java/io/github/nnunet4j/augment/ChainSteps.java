package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The steps of a {@link StandardChain} between the spatial one and the mask. */
final class ChainSteps {
  private final StandardChain chain;
  private final Extent patch;
  private final Set<Integer> fixed;
  private final Set<Integer> mirrored;
  private final Edition edition;
  private final List<Augmentation> steps = new ArrayList<>();

  /** A patch of three axes; fixed axes keep their resolution. */
  ChainSteps(StandardChain chain, Extent patch, Set<Integer> fixed, Set<Integer> mirrored) {
    this.chain = chain;
    this.patch = patch;
    this.fixed = fixed;
    this.mirrored = mirrored;
    edition = chain.edition();
  }

  List<Augmentation> build() {
    switch (chain) {
      case V2 -> v2();
      case V1, V1_DA2 -> v1();
      case V1_INSANE -> wide(0.6, 2);
      case V1_DA3, V1_DA4, V1_MMS -> wide(0.5, 1.6);
      case V2_DA5, V1_DA5 -> da5();
      case V1_2018 -> {
        gamma(0.3, 0.7, 1.5, false);
        mirror();
      }
    }
    return steps;
  }

  private void v2() {
    noise(0.1);
    steps.add(Augmentations.blur().withProbability(0.2));
    steps.add(Augmentations.brightness().withProbability(0.15));
    steps.add(Augmentations.contrast().withProbability(0.15));
    lowResolution(0.25, 0.5);
    gamma(0.1, 0.7, 1.5, true);
    gamma(0.3, 0.7, 1.5, false);
    mirror();
  }

  private void v1() {
    noise(0.1);
    blur(0.2, 0.5, 1);
    steps.add(new Brightness(Draws.uniform(0.75, 1.25), 1, false).withProbability(0.15));
    if (chain == StandardChain.V1_DA2) {
      shift(0.15, 0.1, 0.5);
    }
    contrast(0.75, 1.25);
    lowResolution(0.25, 0.5);
    gamma(0.1, 0.7, 1.5, true);
    gamma(0.3, 0.7, 1.5, false);
    mirror();
  }

  /** The wider ranges of insane augmentation and of what came of it. */
  private void wide(double least, double greatest) {
    noise(0.15);
    blur(0.2, 0.5, 1.5);
    steps.add(new Brightness(Draws.uniform(0.7, 1.3), 1, false).withProbability(0.15));
    contrast(0.65, 1.5);
    lowResolution(0.25, 0.5);
    gamma(0.15, least, greatest, true);
    if (chain != StandardChain.V1_INSANE) {
      shift(0.3, 0.2, chain == StandardChain.V1_DA4 ? 0.5 : 1);
    }
    gamma(0.3, least, greatest, false);
    mirror();
  }

  private void da5() {
    Set<Integer> alike = axesAlike();
    if (alike.size() > 1) {
      steps.add(new QuarterTurns(alike).withProbability(0.5));
      steps.add(new AxesTransposition(alike).withProbability(0.5));
    }
    steps.add(
        Augmentations.oneOf(
            new MedianFilter(2, 7, 0.5, false).withProbability(0.2),
            new GaussianBlur(Draws.uniform(0.3, 1.5), 0.5, true, edition).withProbability(0.2)));
    noise(0.1);
    shift(0.1, 0.5, 0.5);
    Draw factor = Draws.halfAndHalf(0.5, 2);
    steps.add(
        Augmentations.oneOf(
            new Contrast(factor, true, 0.5, false).withProbability(0.2),
            new Contrast(factor, false, 0.5, false).withProbability(0.2)));
    lowResolution(0.15, 0.25);
    gamma(0.1, 0.7, 1.5, true);
    gamma(0.1, 0.7, 1.5, true);
    mirror();
    steps.add(rectangles().withProbability(0.4));
    Draw strength = Draws.either(Draws.uniform(-5, -1), Draws.uniform(1, 5));
    Draw exponent = Draws.either(Draws.uniform(0.01, 0.8), Draws.uniform(1.5, 4));
    LocalField field = LocalField.of(patch);
    steps.add(new BrightnessGradient(field, strength, false, 0.5, edition).withProbability(0.3));
    steps.add(new LocalGamma(field, exponent, 0.5, edition).withProbability(0.3));
    steps.add(
        new Sharpening(Draws.uniform(0.1, 1), edition == Edition.V1, 0.5, false, edition)
            .withProbability(0.2));
  }

  /** The axes of the most frequent length; of equally frequent lengths the smallest. */
  private Set<Integer> axesAlike() {
    Set<Integer> best = Set.of();
    int first = patch.get(0) == 1 ? 1 : 0;
    for (int axis = first; axis < 3; axis++) {
      Set<Integer> same = new TreeSet<>();
      for (int other = first; other < 3; other++) {
        if (patch.get(other) == patch.get(axis)) {
          same.add(other);
        }
      }
      best = same.size() > best.size() ? same : best;
    }
    return best;
  }

  /** v1 includes the upper ends and starts at 1; v2 excludes them and starts at 0. */
  private BlankRectangles rectangles() {
    int upper = edition == Edition.V1 ? 0 : 1;
    Extent shortest = Extent.of(3, axis -> Math.max(1, patch.get(axis) / 10));
    Extent longest =
        Extent.of(3, axis -> Math.max(shortest.get(axis), patch.get(axis) / 3 - upper));
    return new BlankRectangles(
        patch,
        new BlankRectangles.Edges(shortest, longest, false),
        new BlankRectangles.Count(1, 5 - upper),
        0.5,
        1 - upper);
  }

  private void noise(double probability) {
    steps.add(Augmentations.noise().withProbability(probability));
  }

  private void blur(double probability, double from, double to) {
    steps.add(
        new GaussianBlur(Draws.uniform(from, to), 0.5, true, edition).withProbability(probability));
  }

  private void shift(double probability, double deviation, double perChannel) {
    steps.add(
        new BrightnessShift(Draws.normal(0, deviation), perChannel, false)
            .withProbability(probability));
  }

  private void contrast(double from, double to) {
    steps.add(new Contrast(Draws.halfAndHalf(from, to), true, 1, false).withProbability(0.15));
  }

  private void lowResolution(double probability, double from) {
    steps.add(
        new LowResolution(Draws.uniform(from, 1), 0.5, true, fixed, edition)
            .withProbability(probability));
  }

  private void gamma(double probability, double from, double to, boolean inverted) {
    steps.add(
        new Gamma(Draws.halfAndHalf(from, to), inverted, true, 1, edition)
            .withProbability(probability));
  }

  private void mirror() {
    if (!mirrored.isEmpty()) {
      steps.add(new Mirror(mirrored));
    }
  }
}
