package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TrainingListenersTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private static EpochResult result(double validation, double dice, List<Double> volumes) {
    return new EpochResult(
        4,
        Rates.of(0.01),
        new EpochResult.Loss(-0.12345, validation),
        new EpochResult.Dice(List.of(dice), dice, dice, volumes),
        new EpochResult.Time(35.04, 0.7));
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void printsALinePerEpoch() {
    TrainingListener listener = TrainingListeners.printing(out);
    listener.iterationEnded(new Progress(4, 10), 6, 0.5);
    assertThat(printed()).isEmpty();
    listener.epochEnded(result(-0.5, 0.8123, List.of(0.7, 0.8)));
    assertThat(printed())
        .isEqualTo(
            "epoch  5: loss -0.1235, validation -0.5000, Dice 0.812, of volumes 0.750,  35.0 s,"
                + "  2 % waiting for data\n");
    assertThat(listener).hasToString("a line per epoch");
  }

  @Test
  void leavesOutWhatWasNotMeasured() {
    TrainingListeners.printing(out).epochEnded(result(Double.NaN, Double.NaN, List.of()));
    assertThat(printed()).isEqualTo("epoch  5: loss -0.1235,  35.0 s,  2 % waiting for data\n");
  }

  @Test
  void aLiveLineRewritesItselfAndIsOverwrittenByTheEpoch() {
    TrainingListener listener = TrainingListeners.live(out);
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      listener.iterationEnded(new Progress(4, 10), 6, 0.5);
      listener.iterationEnded(new Progress(4, 10), 7, 0.25);
    } finally {
      Locale.setDefault(before);
    }
    String live = "\repoch  5 of 10, iteration   8, loss  0.2500";
    assertThat(printed()).isEqualTo("\repoch  5 of 10, iteration   7, loss  0.5000" + live);
    bytes.reset();
    listener.epochEnded(result(Double.NaN, Double.NaN, List.of()));
    assertThat(printed()).startsWith("\repoch  5: loss").endsWith("\n");
    assertThat(printed().length()).isGreaterThan(live.length());
    assertThat(listener).hasToString("live lines of epochs");
  }
}
