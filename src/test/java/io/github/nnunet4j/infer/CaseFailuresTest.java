package io.github.nnunet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.error.PredictionException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class CaseFailuresTest {
  @Test
  void anAbsentFileIsNamedAsSuch() {
    assertThat(CaseFailures.of("a", new NoSuchFileException("images/a_0000.nii")))
        .isInstanceOf(PredictionException.class)
        .hasMessage(
            "case a: images/a_0000.nii: expected a file, found no such file. Add it, or correct its"
                + " name or what supplies the case.");
    assertThat(CaseFailures.of("a", new IOException("no space left")))
        .isInstanceOf(PredictionException.class)
        .hasMessageContaining("that the disk has room");
  }
}
