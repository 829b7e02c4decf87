package io.github.nnunet4j.plan;

import io.github.nnunet4j.preprocess.GridRule;
import io.github.nnunet4j.preprocess.GridRules;
import io.github.nnunet4j.preprocess.NormalizeStep;
import io.github.nnunet4j.preprocess.PreprocessingStep;
import io.github.nnunet4j.preprocess.PreprocessingSteps;
import io.github.nnunet4j.preprocess.ReplaceNaNStep;
import io.github.nnunet4j.preprocess.ResampleStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Words for the steps of preprocessing, and nnU-Net's names for whole orders of them ({@code
 * preprocessor_name}). Where a plan has an order without such a name, it gets a name that nnU-Net
 * does not know, so that nnU-Net refuses it instead of doing something else.
 */
final class StepWords implements StrategyCodec<PreprocessingStep> {
  /** The name of every order that has no other. */
  static final String OWN = "StepwisePreprocessor";

  /** The key of a configuration that lists the steps. */
  static final String KEY = "preprocessing_steps";

  private static final String NORMALIZE = "normalize";
  private static final String RESAMPLE = "resample";
  private static final String REPLACE_NAN = "replace_nan";

  private static final String GRID = "grid";
  private static final String PLANNED = "planned";
  private static final String KEEP_FIRST = "keep_first_axis";
  private static final String ORIGINAL = "original";
  private static final String SHORT_EDGE = "short_edge";
  private static final String VOXELS = "voxels";

  static final List<String> KNOWN = List.of(NORMALIZE, RESAMPLE, REPLACE_NAN);

  /** The first name of an order is the one that is written. */
  private static final Map<String, List<PreprocessingStep>> NAMES = names();

  private static Map<String, List<PreprocessingStep>> names() {
    Map<String, List<PreprocessingStep>> names = new LinkedHashMap<>();
    names.put("DefaultPreprocessor", PreprocessingSteps.v2());
    names.put("GenericPreprocessor", PreprocessingSteps.v1());
    names.put("GenericPreprocessor_linearResampling", PreprocessingSteps.v1());
    names.put("Preprocessor3DDifferentResampling", PreprocessingSteps.v1());
    names.put("Preprocessor3DBetterResampling", PreprocessingSteps.v1());
    names.put(
        "PreprocessorFor3D_LeaveOriginalZSpacing",
        PreprocessingSteps.v1(GridRules.keepFirstAxis()));
    names.put("PreprocessorFor3D_NoResampling", PreprocessingSteps.v1(GridRules.original()));
    names.put("PreprocessorFor2D", PreprocessingSteps.v1Slices());
    names.put("GenericPreprocessor_scale_uint8_to_0_1", PreprocessingSteps.v1Slices());
    names.put(
        "PreprocessorFor2D_edgeLength512", PreprocessingSteps.v1Slices(GridRules.shortEdge(512)));
    names.put(
        "PreprocessorFor2D_edgeLength768", PreprocessingSteps.v1Slices(GridRules.shortEdge(768)));
    return names;
  }

  /** The order that a name stands for; empty for names of others and for {@link #OWN}. */
  static Optional<List<PreprocessingStep>> steps(String name) {
    return Optional.ofNullable(NAMES.get(name));
  }

  /** The name of an order: the one it has already if that fits, or is the name of others. */
  static String name(String already, List<PreprocessingStep> steps) {
    List<PreprocessingStep> meant = NAMES.get(already);
    if (meant == null ? !already.equals(OWN) : meant.equals(steps)) {
      return already;
    }
    return NAMES.entrySet().stream()
        .filter(entry -> entry.getValue().equals(steps))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(OWN);
  }

  /** Whether a name alone would not say what the steps are. */
  static boolean needsList(String name, List<PreprocessingStep> steps) {
    return name.equals(OWN) || (!NAMES.containsKey(name) && !steps.equals(PreprocessingSteps.v2()));
  }

  @Override
  public Optional<Fields> encode(PreprocessingStep strategy) {
    if (strategy instanceof NormalizeStep) {
      return Optional.of(Fields.of(NORMALIZE));
    }
    if (strategy instanceof ReplaceNaNStep) {
      return Optional.of(Fields.of(REPLACE_NAN));
    }
    return strategy instanceof ResampleStep resample ? grid(resample.grid()) : Optional.empty();
  }

  private static Optional<Fields> grid(GridRule rule) {
    Fields fields = Fields.of(RESAMPLE);
    if (rule instanceof GridRules.Planned) {
      return Optional.of(fields);
    }
    if (rule instanceof GridRules.KeepFirstAxis) {
      return Optional.of(fields.with(GRID, KEEP_FIRST));
    }
    if (rule instanceof GridRules.Original) {
      return Optional.of(fields.with(GRID, ORIGINAL));
    }
    return rule instanceof GridRules.ShortEdge edge
        ? Optional.of(fields.with(GRID, SHORT_EDGE).with(VOXELS, edge.voxels()))
        : Optional.empty();
  }

  @Override
  public Optional<PreprocessingStep> decode(Fields fields) {
    return switch (fields.word()) {
      case NORMALIZE -> {
        requireKeys(fields, Set.of());
        yield Optional.of(PreprocessingSteps.normalize());
      }
      case REPLACE_NAN -> {
        requireKeys(fields, Set.of());
        yield Optional.of(PreprocessingSteps.replaceNaN());
      }
      case RESAMPLE -> Optional.of(PreprocessingSteps.resample(grid(fields)));
      default -> Optional.empty();
    };
  }

  private static GridRule grid(Fields fields) {
    String word = fields.values().containsKey(GRID) ? fields.text(GRID) : PLANNED;
    requireKeys(fields, word.equals(SHORT_EDGE) ? Set.of(GRID, VOXELS) : Set.of(GRID));
    return switch (word) {
      case PLANNED -> GridRules.planned();
      case KEEP_FIRST -> GridRules.keepFirstAxis();
      case ORIGINAL -> GridRules.original();
      case SHORT_EDGE -> GridRules.shortEdge(whole(fields.number(VOXELS)));
      default ->
          throw new IllegalArgumentException(
              "\"grid\" must be one of "
                  + List.of(PLANNED, KEEP_FIRST, ORIGINAL, SHORT_EDGE)
                  + ", was "
                  + word);
    };
  }

  private static int whole(double value) {
    if (value != Math.rint(value)) {
      throw new IllegalArgumentException("\"voxels\" must be a whole number, was " + value);
    }
    return (int) value;
  }

  private static void requireKeys(Fields fields, Set<String> allowed) {
    for (String key : fields.values().keySet()) {
      if (!allowed.contains(key)) {
        throw new IllegalArgumentException("\"" + key + "\" is none of " + allowed);
      }
    }
  }
}
