package io.github.nnunet4j.internal;

/**
 * Values behind a builder, of which copies are changed. A copy has every field, also one that a
 * list written by hand would forget; collections that builders change must be copied besides.
 *
 * @param <S> the settings themselves
 */
public abstract class Settings<S extends Settings<S>> implements Cloneable {
  /** New settings with the same fields. */
  @SuppressWarnings("unchecked") // a clone is of the same class
  protected final S sameFields() {
    try {
      return (S) clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e); // this class is Cloneable
    }
  }
}
