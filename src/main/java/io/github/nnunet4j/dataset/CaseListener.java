package io.github.nnunet4j.dataset;

/** Hears of progress over the cases of a data set. */
@FunctionalInterface
public interface CaseListener {
  /**
   * Called after each case, one call at a time, from any of the working threads. An exception ends
   * the work and is passed on to its caller; {@link io.github.nnunet4j.error.CancelledException} is
   * the polite one.
   *
   * @param caseId the case that is done
   * @param done how many are done, from 1
   * @param total how many there are
   */
  void finished(String caseId, int done, int total);

  /**
   * A listener that does nothing.
   *
   * @return the listener
   */
  static CaseListener silent() {
    return (caseId, done, total) -> {};
  }
}
