package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken, what stays as drawn and what is refused, on tensors made up here. */
class InitialWeightsTest {
  private static final String STEM = "encoder.stages.0.0.convs.0.conv.weight";
  private static final String DEEP = "encoder.stages.1.0.convs.0.conv.weight";
  private static final String UP = "decoder.transpconvs.0.weight";
  private static final String HEAD = "decoder.seg_layers.0.weight";

  private static Weights.Builder tensor(Weights.Builder to, float first, String name, long... of) {
    int size = 1;
    for (long extent : of) {
      size *= (int) extent;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = first + i;
    }
    return to.put(name, values, of);
  }

  private static Weights network(float first, int inputs, int classes) {
    Weights.Builder builder = Weights.builder();
    tensor(builder, first, STEM, 2, inputs, 1, 3, 3);
    tensor(builder, first, DEEP, 4, 2, 3, 3, 3);
    tensor(builder, first, UP, 4, 2, 2, 2, 2);
    return tensor(builder, first, HEAD, classes, 2, 1, 1, 1).build();
  }

  private static Weights without(Weights weights, String name) {
    Weights.Builder builder = Weights.builder();
    weights.names().stream().filter(n -> !n.equals(name)).forEach(n -> builder.take(n, weights, n));
    return builder.build();
  }

  private static Weights renamed(Weights weights, String name, String to) {
    Weights.Builder builder = Weights.builder();
    weights.names().forEach(n -> builder.take(n.equals(name) ? to : n, weights, n));
    return builder.build();
  }

  @Test
  void takesAllButTheHeadsWhateverTheirNumberOfClasses() {
    Weights drawn = network(100, 1, 3);
    Weights given = network(0, 1, 5);
    Weights start = InitialWeights.of(given).replace(drawn);
    assertThat(start.names()).containsExactlyElementsOf(drawn.names());
    for (String name : Set.of(STEM, DEEP, UP)) {
      assertThat(start.values(name)).isEqualTo(given.values(name));
    }
    assertThat(start.values(HEAD)).isEqualTo(drawn.values(HEAD));
    Weights alike = network(0, 1, 3);
    assertThat(InitialWeights.of(alike).replace(drawn).values(HEAD)).isEqualTo(drawn.values(HEAD));
    assertThat(InitialWeights.of(alike, Set.of()).replace(drawn)).isEqualTo(alike);
    assertThat(InitialWeights.of(alike, Set.of("decoder.")).replace(drawn).values(UP))
        .isEqualTo(drawn.values(UP));
  }

  @Test
  void whatIsGivenBesidesDoesNotMatter() {
    Weights drawn = network(100, 1, 3);
    Weights given = network(0, 1, 3);
    Weights.Builder more = Weights.builder().put("optimizer/x/momentum", new float[2], 2);
    given.names().forEach(name -> more.take(name, given, name));
    assertThat(InitialWeights.of(more.build()).replace(drawn))
        .isEqualTo(InitialWeights.of(given).replace(drawn));
  }

  @Test
  void listsWhatIsMissingOfAnotherShapeAndUnknown() {
    Weights drawn = network(100, 2, 3);
    Weights given = renamed(network(0, 1, 3), UP, "decoder.other.weight");
    assertThatThrownBy(() -> InitialWeights.of(given).replace(drawn))
        .isInstanceOfSatisfying(ModelException.class, e -> assertThat(e.problems()).hasSize(3))
        .hasMessageContaining(
            "initial weights, tensor "
                + STEM
                + ": expected shape [2, 2, 1, 3, 3], found shape [2, 1, 1, 3, 3]")
        .hasMessageContaining(UP + ": expected shape [4, 2, 2, 2, 2], found nothing")
        .hasMessageContaining(
            "decoder.other.weight: expected no such tensor in this network, found shape")
        .hasMessageContaining("InitialWeights.fitting or adaptedEncoder");
  }

  @Test
  void countsWhatItDoesNotList() {
    Weights.Builder many = Weights.builder();
    for (int i = 0; i < 30; i++) {
      tensor(many, i, "layer." + i, 1);
    }
    assertThatThrownBy(() -> InitialWeights.of(network(0, 1, 3)).replace(many.build()))
        .isInstanceOfSatisfying(ModelException.class, e -> assertThat(e.problems()).hasSize(14))
        .hasMessageContaining("20 further tensors that do not fit"); // of 30 missing; 3 unknown
  }

  @Test
  void takesWhatFitsIfAnythingFitsAndWhatMatters() {
    Weights drawn = network(100, 2, 3);
    Weights given = network(0, 1, 3);
    Weights start = InitialWeights.fitting(given).replace(drawn);
    assertThat(start.values(STEM)).isEqualTo(drawn.values(STEM));
    assertThat(start.values(DEEP)).isEqualTo(given.values(DEEP));
    assertThat(start.values(HEAD)).isEqualTo(given.values(HEAD));
    assertThat(InitialWeights.fitting(given, Set.of("stages.1")).replace(drawn)).isEqualTo(start);
    assertThatThrownBy(() -> InitialWeights.fitting(given, Set.of("encoder")).replace(drawn))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(STEM)
        .hasMessageNotContaining(DEEP);
    Weights other = Weights.builder().put("conv.weight", new float[1], 1).build();
    assertThatThrownBy(() -> InitialWeights.fitting(other).replace(drawn))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("at least one tensor of this network, such as " + STEM)
        .hasMessageContaining("such as conv.weight [1]");
  }

  @Test
  void theEncoderOfOneChannelServesSeveral() {
    Weights drawn = network(100, 3, 3);
    Weights given = network(1, 1, 5);
    Weights start = InitialWeights.encoder(given).replace(drawn);
    float[] one = given.values(STEM);
    float[] three = start.values(STEM);
    for (int i = 0; i < three.length; i++) {
      assertThat(three[i]).isCloseTo(one[i / 27 * 9 + i % 9] / 3, within(1e-6f));
    }
    assertThat(start.values(DEEP)).isEqualTo(given.values(DEEP));
    assertThat(start.values(UP)).isEqualTo(drawn.values(UP));
    assertThat(start.values(HEAD)).isEqualTo(drawn.values(HEAD));
    assertThatThrownBy(() -> InitialWeights.encoder(network(0, 2, 3)).replace(drawn))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(STEM);
  }

  @Test
  void anEncoderThatIsNotAdaptedMustBeTheSame() {
    Weights drawn = network(100, 1, 3);
    Weights given = network(0, 1, 3);
    assertThatThrownBy(() -> InitialWeights.encoder(without(given, DEEP)).replace(drawn))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(DEEP + ": expected shape [4, 2, 3, 3, 3], found nothing");
    assertThatThrownBy(() -> InitialWeights.encoder(given).replace(without(drawn, DEEP)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(DEEP + ": expected no such tensor in this network");
    assertThat(InitialWeights.encoder(without(given, UP)).replace(drawn).values(DEEP))
        .isEqualTo(given.values(DEEP));
  }

  @Test
  void anAdaptedEncoderAveragesKernelsAndLeavesOutWhatIsNotThere() {
    Weights.Builder builder = Weights.builder();
    tensor(builder, 100, STEM, 2, 2, 1, 3, 3);
    tensor(builder, 100, DEEP, 4, 2, 1, 1, 3);
    tensor(builder, 100, "encoder.stages.2.0.convs.0.conv.weight", 4, 4, 3, 3, 3);
    tensor(builder, 100, "encoder.stages.3.0.convs.0.conv.bias", 8);
    Weights drawn = builder.build();
    Weights.Builder other = Weights.builder();
    tensor(other, 0, STEM, 2, 1, 3, 3, 3);
    tensor(other, 0, DEEP, 4, 2, 3, 3, 3);
    tensor(other, 0, "encoder.stages.2.0.convs.0.conv.weight", 4, 4, 5, 5, 5);
    tensor(other, 0, "encoder.stages.3.0.convs.0.conv.bias", 4);
    tensor(other, 0, "encoder.stages.4.0.convs.0.conv.bias", 8);
    Weights given = other.build();

    InitialWeights adapted = InitialWeights.adaptedEncoder(given);
    Weights start = adapted.replace(drawn);
    float[] stem = start.values(STEM);
    for (int i = 0; i < stem.length; i++) { // mean over z of 9 apart, half of it to each channel
      assertThat(stem[i]).isCloseTo((i / 18 * 27 + i % 9 + 9) / 2f, within(1e-5f));
    }
    float[] deep = start.values(DEEP);
    for (int i = 0; i < deep.length; i++) { // mean over z and y, all of a kernel's 27 behind
      assertThat(deep[i]).isCloseTo(i / 3 * 27 + 12 + i % 3, within(1e-4f));
    }
    for (int stage = 2; stage < 4; stage++) {
      String name =
          "encoder.stages." + stage + ".0.convs.0.conv." + (stage == 2 ? "weight" : "bias");
      assertThat(start.values(name)).isEqualTo(drawn.values(name));
    }
    assertThatThrownBy(() -> adapted.replace(Weights.builder().put("x", new float[1], 1).build()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("at least one tensor of this network");
  }

  @Test
  void twoFollowOneAnother() {
    Weights drawn = network(100, 1, 3);
    Weights first = network(0, 1, 3);
    Weights second = network(50, 1, 3);
    InitialWeights both = InitialWeights.of(first).then(InitialWeights.encoder(second));
    Weights start = both.replace(drawn);
    assertThat(start.values(STEM)).isEqualTo(second.values(STEM));
    assertThat(start.values(UP)).isEqualTo(first.values(UP));
    assertThat(start.values(HEAD)).isEqualTo(drawn.values(HEAD));
    assertThat(both)
        .hasToString(
            "weights "
                + first.digest()
                + " without the heads, then encoder of weights "
                + second.digest());
  }

  @Test
  void printsTheNumbersItHolds() {
    Weights given = network(0, 1, 3);
    assertThat(given.digest()).matches("[0-9a-f]{16}").isNotEqualTo(network(1, 1, 3).digest());
    assertThat(InitialWeights.of(given))
        .hasToString(InitialWeights.of(network(0, 1, 3)).toString())
        .isEqualTo(InitialWeights.of(network(0, 1, 3)));
    assertThat(InitialWeights.fitting(given, Set.of("b", "a")))
        .hasToString("what fits of weights " + given.digest() + ", all of [a, b]");
    assertThat(InitialWeights.adaptedEncoder(given))
        .hasToString("adapted encoder of weights " + given.digest());
    assertThat(InitialWeights.of(given, Set.of("x")))
        .hasToString("weights " + given.digest() + " without [x]");
    assertThat(InitialWeights.of(given, Set.of())).hasToString("weights " + given.digest());
  }

  @Test
  void readsAFileOrSaysWhy(@TempDir Path folder) throws IOException {
    Weights given = network(0, 1, 3);
    Path file = folder.resolve("weights.safetensors");
    given.write(file);
    assertThat(InitialWeights.read(file)).isEqualTo(given);
    assertThat(InitialWeights.read(file).digest()).isEqualTo(given.digest());
    Path absent = folder.resolve("absent.safetensors");
    assertThatThrownBy(() -> InitialWeights.read(absent))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("initial weights " + absent)
        .hasMessageContaining("NoSuchFileException")
        .hasMessageContaining("Name the weights of a model");
    Files.writeString(file, "PK no safetensors");
    assertThatThrownBy(() -> InitialWeights.read(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected a safetensors file");
  }
}
