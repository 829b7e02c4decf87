package io.github.nnunet4j.infer;

import io.github.nnunet4j.dataset.Case;
import java.io.IOException;

/** Hears what the networks say of each case of a job. */
@FunctionalInterface
public interface LogitsListener {
  /**
   * Takes the logits of a case, on the writing thread, before its label map is written. A failure
   * ends the job.
   *
   * @param one the case
   * @param logits of the case; must not be kept, as two are alive at most
   * @throws IOException if something cannot be written
   */
  void predicted(Case one, Logits logits) throws IOException;
}
