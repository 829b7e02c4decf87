package io.github.nnunet4j.internal;

/** Failures that are kept for a while and thrown again where nothing checked is declared. */
public final class Unchecked {
  private Unchecked() {}

  /**
   * What to throw for a failure: itself if it is unchecked, else an {@link IllegalStateException}
   * with it as cause.
   *
   * @throws Error the failure, if it is one
   */
  public static RuntimeException of(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(failure);
  }
}
