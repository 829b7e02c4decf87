package io.github.nnunet4j.infer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.preprocess.Resamplings;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomTest {
  @Test
  void refusesWhatTheHeapCannotHold() {
    assertThatCode(() -> Room.require("logits", 3, 1000, 12_000)).doesNotThrowAnyException();
    assertThatExceptionOfType(PredictionException.class)
        .isThrownBy(() -> Room.require("logits", 118, 1 << 28, 1L << 36))
        .withMessageContaining("120832 MiB for 118 classes")
        .withMessageContaining("65536 MiB, the heap");
  }

  @Test
  void refusesMoreVoxelsThanAnArrayHolds() {
    assertThatExceptionOfType(PredictionException.class)
        .isThrownBy(() -> Room.require("logits", 1, 1L << 31, Long.MAX_VALUE))
        .withMessageContaining("fewer than 2^31 voxels");
  }

  @Test
  void refusesProbabilitiesBeforeTheyAreMade() {
    Grid image = Grid.of(1200, 1200, 1200);
    Placement placement = new Placement(image, List.of(0, 1, 2), Box.whole(image.extent()));
    int classes = (int) Math.min(200, Runtime.getRuntime().maxMemory() / image.voxels() / 4 + 2);
    float[][] logits = new float[classes][8];
    String[] names = new String[classes - 1];
    java.util.Arrays.setAll(names, i -> "label" + i);
    Export export = new Export(Resamplings.probabilities(), Labels.of(names), 1);
    assertThatExceptionOfType(PredictionException.class)
        .isThrownBy(() -> export.probabilities(Volume.wrap(Grid.of(2, 2, 2), logits), placement))
        .withMessageContaining("probabilities of the image");
  }
}
