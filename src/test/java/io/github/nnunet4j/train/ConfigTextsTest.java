package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.error.TrainingException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigTextsTest {
  private static final String WORDS = "rotate scale noise blur brightness contrast gamma mirror ";

  @Test
  void showsADifferenceInWholeWords() {
    String long1 = WORDS.repeat(3) + "sharpen" + " behind".repeat(40);
    String long2 = WORDS.repeat(3) + "median" + " behind".repeat(40);
    assertThatThrownBy(
            () ->
                ConfigTexts.requireAlike(
                    "run", Map.of("augmentation", long1), Map.of("augmentation", long2)))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching(
            "run, augmentation: expected \\.\\.\\.blur brightness contrast gamma mirror sharpen"
                + "( behind)+\\.\\.\\., found \\.\\.\\.blur brightness contrast gamma mirror median"
                + "( behind)+\\.\\.\\.\\. Resume with what the training was started with.*");
  }

  @Test
  void cutsWhatHasNoWords() {
    String one = "a".repeat(300);
    String other = "a".repeat(100) + "b".repeat(200);
    assertThatThrownBy(
            () -> ConfigTexts.requireAlike("run", Map.of("loss", one), Map.of("loss", other)))
        .hasMessageContaining("..." + "a".repeat(160) + "...")
        .hasMessageContaining("..." + "a".repeat(40) + "b".repeat(120) + "...");
  }
}
