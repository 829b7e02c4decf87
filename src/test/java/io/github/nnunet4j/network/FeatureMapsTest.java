package io.github.nnunet4j.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.image.Extent;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FeatureMapsTest {
  static Stream<GoldenCase> configurations() throws IOException {
    return GoldenCase.read("counts-v2.json").filter(GoldenCase::isCovered);
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void countTheValuesThatThePlannerComparesWithItsReference(GoldenCase golden) {
    Extent patch =
        Extent.of(
            GoldenCase.ints(golden.json().get("patch")).stream()
                .mapToInt(Integer::intValue)
                .toArray());
    int inputs = golden.json().get("input_channels").asInt();
    int outputs = golden.json().get("num_classes").asInt();
    assertThat(golden.network().featureMapValues(patch, inputs, outputs))
        .isEqualTo(golden.json().get("feature_map_size").asLong());
  }
}
