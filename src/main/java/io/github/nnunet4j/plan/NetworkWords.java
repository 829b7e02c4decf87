package io.github.nnunet4j.plan;

import io.github.nnunet4j.network.Nonlinearities;
import io.github.nnunet4j.network.Nonlinearity;
import io.github.nnunet4j.network.Normalization;
import io.github.nnunet4j.network.Normalizations;
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

  private NetworkWords() {}

  static Words<Normalization> normalizations() {
    return new Words<>(
        "network normalization",
        List.of(INSTANCE + "2d", INSTANCE + "3d", BATCH + "2d", BATCH + "3d", GROUP, NULL),
        new Norms());
  }

  static Words<Nonlinearity> nonlinearities() {
    return new Words<>(
        "nonlinearity",
        List.of(
            "torch.nn.LeakyReLU",
            "torch.nn.ReLU",
            "torch.nn.GELU",
            "torch.nn.Mish",
            "torch.nn.ELU",
            "torch.nn.SELU",
            "torch.nn.SiLU",
            NULL),
        new Activations());
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
        case GROUP -> Optional.of(group(fields));
        case NULL -> Optional.of(Normalizations.none());
        default -> Optional.empty();
      };
    }

    private static Normalization group(Fields fields) {
      requireKeys(fields, Set.of("num_groups", "eps", "affine"));
      double groups = fields.number("num_groups");
      if (groups != (int) groups) {
        throw new IllegalArgumentException("\"num_groups\" must be a whole number, was " + groups);
      }
      if (fields.values().containsKey("affine") && !fields.bool("affine")) {
        throw new IllegalArgumentException("\"affine\" must be true for groups");
      }
      return new Normalizations.Group((int) groups, number(fields, "eps", 1e-5));
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
      if (strategy instanceof Nonlinearities.Relu) {
        return Optional.of(Fields.of("torch.nn.ReLU").with("inplace", true));
      }
      if (strategy instanceof Nonlinearities.Gelu gelu) {
        Fields fields = Fields.of("torch.nn.GELU");
        return Optional.of(gelu.tanh() ? fields.with("approximate", "tanh") : fields);
      }
      if (strategy instanceof Nonlinearities.Elu elu) {
        Fields fields = Fields.of("torch.nn.ELU");
        return Optional.of(elu.alpha() == 1 ? fields : fields.with("alpha", elu.alpha()));
      }
      String word =
          strategy instanceof Nonlinearities.Mish
              ? "torch.nn.Mish"
              : strategy instanceof Nonlinearities.Selu
                  ? "torch.nn.SELU"
                  : strategy instanceof Nonlinearities.Silu
                      ? "torch.nn.SiLU"
                      : strategy instanceof Nonlinearities.Identity ? NULL : "";
      return word.isEmpty() ? Optional.empty() : Optional.of(Fields.of(word));
    }

    @Override
    public Optional<Nonlinearity> decode(Fields fields) {
      Set<String> inPlace = Set.of("inplace");
      return switch (fields.word()) {
        case "torch.nn.LeakyReLU" -> {
          requireKeys(fields, Set.of("inplace", "negative_slope"));
          yield Optional.of(Nonlinearities.leakyRelu(number(fields, "negative_slope", 0.01)));
        }
        case "torch.nn.ReLU" -> checked(fields, inPlace, Nonlinearities.relu());
        case "torch.nn.GELU" -> {
          requireKeys(fields, Set.of("approximate"));
          String how =
              fields.values().containsKey("approximate") ? fields.text("approximate") : "none";
          if (!how.equals("none") && !how.equals("tanh")) {
            throw new IllegalArgumentException("\"approximate\" must be none or tanh, was " + how);
          }
          yield Optional.of(how.equals("tanh") ? Nonlinearities.geluTanh() : Nonlinearities.gelu());
        }
        case "torch.nn.Mish" -> checked(fields, inPlace, Nonlinearities.mish());
        case "torch.nn.ELU" -> {
          requireKeys(fields, Set.of("inplace", "alpha"));
          yield Optional.of(new Nonlinearities.Elu(number(fields, "alpha", 1)));
        }
        case "torch.nn.SELU" -> checked(fields, inPlace, Nonlinearities.selu());
        case "torch.nn.SiLU" -> checked(fields, inPlace, Nonlinearities.silu());
        case NULL -> Optional.of(Nonlinearities.identity());
        default -> Optional.empty();
      };
    }

    private static Optional<Nonlinearity> checked(
        Fields fields, Set<String> keys, Nonlinearity strategy) {
      requireKeys(fields, keys);
      return Optional.of(strategy);
    }
  }
}
