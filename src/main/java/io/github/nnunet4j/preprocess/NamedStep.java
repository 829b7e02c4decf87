package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.internal.Checks;

/**
 * A step under a name that stands for what it does; it prints as that name, by which prepared cases
 * know it again.
 *
 * @param name such as {@code "smooth/1"}; change it whenever the step does something else
 * @param step does the work
 */
public record NamedStep(String name, PreprocessingStep step) implements PreprocessingStep {
  /** Checks that there is a name. */
  public NamedStep {
    Checks.argument(!name.isBlank(), "a step needs a name that says something, was \"%s\"", name);
  }

  @Override
  public StepState apply(StepState state) {
    return step.apply(state);
  }

  @Override
  public boolean acceptsNotFinite() {
    return step.acceptsNotFinite();
  }

  @Override
  public String toString() {
    return "NamedStep[" + name + "]";
  }
}
