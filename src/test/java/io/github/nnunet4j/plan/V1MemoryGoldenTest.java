package io.github.nnunet4j.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code compute_approx_vram_consumption} of nnU-Net v1's networks on the reference's cases. */
class V1MemoryGoldenTest {
  static Stream<JsonNode> cases() throws IOException {
    Path file = Path.of("src/test/resources/golden/planning/v1_memory.json");
    return StreamSupport.stream(Json.read(file).get("cases").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theEstimateEqualsTheReference(JsonNode golden) {
    V1Memory memory =
        new V1Memory(
            golden.get("base_num_features").asInt(),
            golden.get("max_num_features").asInt(),
            golden.get("num_modalities").asInt(),
            golden.get("num_classes").asInt());
    int[] patch = ints(golden.get("patch_size"));
    List<List<Integer>> pools = new ArrayList<>();
    golden
        .get("pool_op_kernel_sizes")
        .forEach(pool -> pools.add(IntStream.of(ints(pool)).boxed().toList()));
    double expected = golden.get("value").asDouble();
    if (golden.get("network").asText().equals("Generic_UNet")) {
      pools.add(0, Collections.nCopies(patch.length, 1));
      assertThat(
              memory.genericUNet(
                  Extent.of(patch),
                  pools,
                  golden.get("conv_per_stage").asInt(),
                  golden.get("deep_supervision").asBoolean()))
          .isEqualTo((long) expected);
    } else {
      double one =
          memory.fabiansUNet(
              IntStream.of(patch).mapToObj(n -> (double) n).toList(),
              pools,
              ints(golden.get("num_blocks_encoder")),
              ints(golden.get("num_blocks_decoder")));
      assertThat(one * golden.get("batch_size").asInt())
          .isCloseTo(expected, Offset.offset(1e-12 * expected));
    }
  }

  private static int[] ints(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }
}
