package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.network.Primus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The words for a Primus, as its constructor has them. nnU-Net itself builds it in its trainers and
 * has no plans of it.
 */
final class PrimusWords implements StrategyCodec<NetworkTopology> {
  static final String PRIMUS = "dynamic_network_architectures.architectures.primus.Primus";

  /** The words of all embeddings. */
  static final List<String> ALL = List.of(PRIMUS, PRIMUS + "V2", PRIMUS + "V3");

  private static final Set<String> KEYS =
      Set.of("embed_dim", "eva_depth", "eva_numheads", "input_shape", "drop_path_rate");

  @Override
  public Optional<Fields> encode(NetworkTopology strategy) {
    if (!(strategy instanceof Primus net)) {
      return Optional.empty();
    }
    List<Integer> patch = Arrays.stream(net.patch().toArray()).boxed().toList();
    return Optional.of(
        Fields.of(word(net.embedding()))
            .with("embed_dim", net.size().width())
            .with("eva_depth", net.size().depth())
            .with("eva_numheads", net.size().heads())
            .with("input_shape", patch)
            .with("drop_path_rate", net.dropPath()));
  }

  @Override
  public Optional<NetworkTopology> decode(Fields fields) {
    if (!ALL.contains(fields.word())) {
      return Optional.empty();
    }
    for (String key : fields.values().keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException("\"" + key + "\" is none of " + KEYS);
      }
    }
    List<Integer> patch = new ArrayList<>();
    for (Object axis : fields.list("input_shape")) {
      if (!(axis instanceof Integer whole)) {
        throw new IllegalArgumentException("\"input_shape\" must hold whole numbers");
      }
      patch.add(whole);
    }
    return Optional.of(
        new Primus(
            new Primus.Size(
                whole(fields, "embed_dim"),
                whole(fields, "eva_depth"),
                whole(fields, "eva_numheads")),
            embedding(fields.word()),
            Extent.of(patch.size(), patch::get),
            fields.number("drop_path_rate")));
  }

  private static String word(Primus.Embedding embedding) {
    return switch (embedding) {
      case PATCHES -> PRIMUS;
      case RESIDUAL -> PRIMUS + "V2";
      case RESIDUAL_SKIPS -> PRIMUS + "V3";
    };
  }

  private static Primus.Embedding embedding(String word) {
    return switch (word) {
      case PRIMUS + "V2" -> Primus.Embedding.RESIDUAL;
      case PRIMUS + "V3" -> Primus.Embedding.RESIDUAL_SKIPS;
      default -> Primus.Embedding.PATCHES;
    };
  }

  private static int whole(Fields fields, String key) {
    double value = fields.number(key);
    if (value != (int) value) {
      throw new IllegalArgumentException("\"" + key + "\" must be a whole number, was " + value);
    }
    return (int) value;
  }
}
