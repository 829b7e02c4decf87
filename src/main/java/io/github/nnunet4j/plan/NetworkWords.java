package io.github.nnunet4j.plan;

import io.github.nnunet4j.network.Nonlinearities;
import io.github.nnunet4j.network.Nonlinearities.Curve;
import io.github.nnunet4j.network.Nonlinearity;
import io.github.nnunet4j.network.Normalization;
import io.github.nnunet4j.network.Normalizations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * nnU-Net's words for the layers of a network. The words of torch's norms end in the number of
 * dimensions, which the network adds; no normalization and no nonlinearity are null in the file.
 */
final class NetworkWords {
  /** Stands for null in the file. */
  static final String NULL = "null";

  static final String INSTANCE = "torch.nn.modules.instancenorm.InstanceNorm";
  static final String BATCH = "torch.nn.modules.batchnorm.BatchNorm";

  /** Torch's group norm, which has no number of dimensions and which nnU-Net cannot build. */
  static final String GROUP = "torch.nn.modules.normalization.GroupNorm";

  private static final String FILTER_RESPONSE =
      "nnunet.network_architecture.custom_modules.feature_response_normalization.FRN3D";
  private static final String LAYER =
      "dynamic_network_architectures.building_blocks.patch_encode_decode.LayerNormNd";
  private static final Set<String> IN_PLACE = Set.of("inplace");

  /** Nonlinearities without numbers to choose. */
  private static final Map<String, Nonlinearity> PLAIN =
      Map.of(
          "torch.nn.ReLU", Nonlinearities.relu(),
          "torch.nn.Mish", Nonlinearities.mish(),
          "torch.nn.SELU", Nonlinearities.selu(),
          "torch.nn.SiLU", Nonlinearities.silu(),
          "torch.nn.Softplus", Curve.SOFTPLUS,
          "torch.nn.Hardswish", Curve.HARDSWISH,
          "torch.nn.ReLU6", Curve.RELU6,
          "torch.nn.Sigmoid", Curve.SIGMOID,
          "torch.nn.Tanh", Curve.TANH);

  private NetworkWords() {}

  static Words<Normalization> normalizations() {
    return new Words<>(
        "network normalization",
        List.of(
            INSTANCE + "2d",
            INSTANCE + "3d",
            BATCH + "2d",
            BATCH + "3d",
            GROUP,
            FILTER_RESPONSE,
            LAYER,
            NULL),
        new Norms());
  }

  static Words<Nonlinearity> nonlinearities() {
    List<String> words =
        new ArrayList<>(
            List.of(
                "torch.nn.LeakyReLU",
                "torch.nn.GELU",
                "torch.nn.ELU",
                "torch.nn.CELU",
                "torch.nn.PReLU",
                NULL));
    PLAIN.keySet().stream().sorted().forEach(words::add);
    return new Words<>("nonlinearity", words, new Activations());
  }

  private static double number(Fields fields, String key, double standard) {
    return fields.values().containsKey(key) ? fields.number(key) : standard;
  }

  private static void requireKeys(Fields fields, Set<String> allowed) {
    for (String key : fields.values().keySet()) {
      if (!allowed.contains(key)) {
        throw new IllegalArgumentException("\"" + key + "\" is none of " + allowed);
      }
    }
  }

  private static void requireOnly(Fields fields, String key, boolean value) {
    if (fields.values().containsKey(key) && fields.bool(key) != value) {
      throw new IllegalArgumentException("\"" + key + "\" must be " + value);
    }
  }

  private static int whole(Fields fields, String key) {
    double value = fields.number(key);
    if (value != (int) value) {
      throw new IllegalArgumentException("\"" + key + "\" must be a whole number, was " + value);
    }
    return (int) value;
  }

  private static final class Norms implements StrategyCodec<Normalization> {
    @Override
    public Optional<Fields> encode(Normalization strategy) {
      if (strategy instanceof Normalizations.Instance norm) {
        return Optional.of(
            Fields.of(INSTANCE).with("eps", norm.eps()).with("affine", norm.affine()));
      }
      if (strategy instanceof Normalizations.Batch norm) {
        Fields fields = Fields.of(BATCH).with("eps", norm.eps()).with("affine", norm.affine());
        return Optional.of(
            norm.momentum() == 0.1 ? fields : fields.with("momentum", norm.momentum()));
      }
      if (strategy instanceof Normalizations.Group norm) {
        return Optional.of(
            Fields.of(GROUP)
                .with("num_groups", norm.groups())
                .with("eps", norm.eps())
                .with("affine", true));
      }
      if (strategy instanceof Normalizations.FilterResponse norm) {
        return Optional.of(Fields.of(FILTER_RESPONSE).with("eps", norm.eps()));
      }
      if (strategy instanceof Normalizations.ChannelWise norm) {
        return Optional.of(Fields.of(LAYER).with("eps", norm.eps()));
      }
      return strategy instanceof Normalizations.None
          ? Optional.of(Fields.of(NULL))
          : Optional.empty();
    }

    /** Torch's own defaults stand in for what the file leaves out. */
    @Override
    public Optional<Normalization> decode(Fields fields) {
      Map<String, ?> values = fields.values();
      return switch (fields.word()) {
        case INSTANCE -> {
          requireKeys(fields, Set.of("eps", "affine"));
          boolean affine = values.containsKey("affine") && fields.bool("affine");
          yield Optional.of(new Normalizations.Instance(number(fields, "eps", 1e-5), affine));
        }
        case BATCH -> {
          requireKeys(fields, Set.of("eps", "affine", "momentum"));
          boolean affine = !values.containsKey("affine") || fields.bool("affine");
          yield Optional.of(
              new Normalizations.Batch(
                  number(fields, "eps", 1e-5), affine, number(fields, "momentum", 0.1)));
        }
        case GROUP -> {
          requireKeys(fields, Set.of("num_groups", "eps", "affine"));
          requireOnly(fields, "affine", true);
          yield Optional.of(
              new Normalizations.Group(whole(fields, "num_groups"), number(fields, "eps", 1e-5)));
        }
        case FILTER_RESPONSE -> {
          requireKeys(fields, Set.of("eps"));
          yield Optional.of(new Normalizations.FilterResponse(number(fields, "eps", 1e-6)));
        }
        case LAYER -> {
          requireKeys(fields, Set.of("eps"));
          yield Optional.of(new Normalizations.ChannelWise(number(fields, "eps", 1e-6)));
        }
        case NULL -> Optional.of(Normalizations.none());
        default -> Optional.empty();
      };
    }
  }

  private static final class Activations implements StrategyCodec<Nonlinearity> {
    @Override
    public Optional<Fields> encode(Nonlinearity strategy) {
      if (strategy instanceof Nonlinearities.LeakyRelu relu) {
        Fields fields = Fields.of("torch.nn.LeakyReLU");
        Fields all = relu.slope() == 0.01 ? fields : fields.with("negative_slope", relu.slope());
        return Optional.of(all.with("inplace", true));
      }
      if (strategy instanceof Nonlinearities.Gelu gelu) {
        Fields fields = Fields.of("torch.nn.GELU");
        return Optional.of(gelu.tanh() ? fields.with("approximate", "tanh") : fields);
      }
      if (strategy instanceof Nonlinearities.Elu elu) {
        return Optional.of(unless(1, "alpha", elu.alpha(), Fields.of("torch.nn.ELU")));
      }
      if (strategy instanceof Nonlinearities.Celu celu) {
        return Optional.of(unless(1, "alpha", celu.alpha(), Fields.of("torch.nn.CELU")));
      }
      if (strategy instanceof Nonlinearities.PRelu relu) {
        return Optional.of(unless(0.25, "init", relu.start(), Fields.of("torch.nn.PReLU")));
      }
      if (strategy instanceof Nonlinearities.Relu) {
        return Optional.of(Fields.of("torch.nn.ReLU").with("inplace", true));
      }
      return strategy instanceof Nonlinearities.Identity
          ? Optional.of(Fields.of(NULL))
          : PLAIN.entrySet().stream()
              .filter(entry -> entry.getValue().equals(strategy))
              .map(entry -> Fields.of(entry.getKey()))
              .findFirst();
    }

    private static Fields unless(double standard, String key, double value, Fields fields) {
      return value == standard ? fields : fields.with(key, value);
    }

    @Override
    public Optional<Nonlinearity> decode(Fields fields) {
      return switch (fields.word()) {
        case "torch.nn.LeakyReLU" -> {
          requireKeys(fields, Set.of("inplace", "negative_slope"));
          yield Optional.of(Nonlinearities.leakyRelu(number(fields, "negative_slope", 0.01)));
        }
        case "torch.nn.GELU" -> Optional.of(gelu(fields));
        case "torch.nn.ELU" -> {
          requireKeys(fields, Set.of("inplace", "alpha"));
          yield Optional.of(new Nonlinearities.Elu(number(fields, "alpha", 1)));
        }
        case "torch.nn.CELU" -> {
          requireKeys(fields, Set.of("inplace", "alpha"));
          yield Optional.of(new Nonlinearities.Celu(number(fields, "alpha", 1)));
        }
        case "torch.nn.PReLU" -> {
          requireKeys(fields, Set.of("init"));
          yield Optional.of(new Nonlinearities.PRelu(number(fields, "init", 0.25)));
        }
        case NULL -> Optional.of(Nonlinearities.identity());
        default -> {
          Optional<Nonlinearity> plain = Optional.ofNullable(PLAIN.get(fields.word()));
          plain.ifPresent(known -> requireKeys(fields, IN_PLACE));
          yield plain;
        }
      };
    }

    private static Nonlinearity gelu(Fields fields) {
      requireKeys(fields, Set.of("approximate"));
      String how = fields.values().containsKey("approximate") ? fields.text("approximate") : "none";
      return switch (how) {
        case "none" -> Nonlinearities.gelu();
        case "tanh" -> Nonlinearities.geluTanh();
        default ->
            throw new IllegalArgumentException("\"approximate\" must be none or tanh, was " + how);
      };
    }
  }
}
