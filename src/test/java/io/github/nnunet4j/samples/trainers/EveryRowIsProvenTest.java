package io.github.nnunet4j.samples.trainers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * No row goes unchecked: for each class at least one number of the reference, which differs from
 * that of the default, is compared with what its row gives. The tests of networks, augmentations
 * and v2's settings go through all names of the files that are read here.
 */
@Tag("engine")
class EveryRowIsProvenTest {
  private static final String V1 = "nnUNetTrainerV2";
  private static final String V2 = "nnUNetTrainer";

  private static Stream<String> networks() {
    return Reference.cases("networks", "v1-trainers").stream()
        .map(
            fact -> Reference.list(fact.get("trainers")).stream().map(JsonNode::textValue).toList())
        .filter(names -> !names.contains(V1))
        .flatMap(names -> names.stream().map(name -> "V1 " + name));
  }

  private static Stream<String> chains() {
    return Stream.concat(
        Reference.cases("augmentation", "chains_v1").stream()
            .map(golden -> golden.get("trainer").textValue())
            .filter(name -> !name.equals(V1))
            .map(name -> "V1 " + name),
        Reference.cases("augmentation", "chains_v2").stream()
            .map(golden -> golden.get("trainer").textValue())
            .filter(name -> !name.equals(V2))
            .map(name -> "V2 " + name));
  }

  /** What the classes of v2 say of themselves, unless it is what the default says. */
  private static Stream<String> settings() {
    JsonNode base =
        Reference.cases("trainers", "v2_trainers").stream()
            .filter(golden -> golden.get("trainer").textValue().equals(V2))
            .findFirst()
            .get();
    return Stream.of("v2_trainers", "v2_pretrained")
        .flatMap(file -> Reference.cases("trainers", file).stream())
        .filter(golden -> !nameless(golden).equals(nameless(base)))
        .map(golden -> "V2 " + golden.get("trainer").textValue());
  }

  private static JsonNode nameless(JsonNode golden) {
    ObjectNode copy = golden.deepCopy();
    copy.remove("trainer");
    return copy;
  }

  @Test
  void byANumberThatIsNotTheDefaultOnes() {
    // the defaults themselves, and a network that NetworkRowsTest compares output by output
    Set<String> proven = new HashSet<>(Set.of("V1 " + V1, "V2 " + V2, "V2 nnUNetTrainerBN"));
    proven.addAll(LossConstantsTest.proven());
    proven.addAll(RateConstantsTest.proven());
    proven.addAll(SettingConstantsV1Test.proven());
    proven.addAll(SamplingConstantsTest.proven());
    Stream.of(networks(), chains(), settings()).forEach(names -> names.forEach(proven::add));
    assertThat(
            Trainers.rows()
                .filter(row -> row.edits().isPresent())
                .flatMap(row -> row.names().stream().map(name -> row.version() + " " + name))
                .filter(name -> !proven.contains(name)))
        .isEmpty();
  }
}
