package io.github.nnunet4j.train;

import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.TrainingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Everything that decides the result of a training, printed: by this a resumed training is known to
 * be the same. Lambdas print as the class they are written in; two of one class look alike unless
 * they are {@code named}.
 */
final class ConfigTexts {
  private static final Pattern IDENTITY = Pattern.compile("@[0-9a-f]{1,8}\\b");
  private static final int SHOWN = 160;

  private ConfigTexts() {}

  /** By the name of the builder's method; without what makes no difference to the result. */
  static Map<String, String> of(TrainerConfig config) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("epochs", config.epochs());
    all.put("iterations", config.iterations());
    all.put("validationIterations", config.validationIterations());
    all.put("batchSize", config.batchSize());
    all.put("passes", config.passes());
    all.put("loss", config.loss());
    all.put(
        "deepSupervision",
        config
            .deepSupervision()
            .map(d -> d.weights() + (d.softTargets() ? ", soft targets" : ""))
            .orElse("off"));
    all.put("augmentation", config.augmentation());
    all.put("sampler", config.sampler());
    all.put("validationSampler", config.validationSampler());
    all.put("schedule", config.schedule());
    all.put("optimizer", config.optimizer());
    all.put("clipNorm", config.clipNorm());
    all.put("mirrorAxes", config.mirrorAxes());
    all.put("seed", config.seed());
    all.put("initialWeights", config.initialWeights().map(Object::toString).orElse("drawn"));
    all.put("stopWhen", text(config.stoppingRule()));
    all.put("restart", text(config.course().restart()));
    all.put("validateVolumes", text(config.course().volumes()));
    all.put("data", config.dummyData() ? "dummy" : "cases");
    Map<String, String> texts = new LinkedHashMap<>();
    all.forEach((name, value) -> texts.put(name, stable(value.toString())));
    return texts;
  }

  /** The settings and the data. */
  static Map<String, String> of(TrainingData data, TrainerConfig config) {
    Map<String, String> texts = of(config);
    texts.put("configuration", stable(data.configuration().toString()));
    texts.put("labels", data.labels().toString());
    texts.put("training cases", ids(data.training()));
    texts.put("validation cases", ids(data.validation()));
    return texts;
  }

  private static String text(Optional<?> value) {
    return value.map(Object::toString).orElse("never");
  }

  private static String ids(List<TrainingCase> cases) {
    return cases.stream().map(TrainingCase::id).toList().toString();
  }

  private static String stable(String text) {
    return IDENTITY.matcher(Problem.nameOf(text)).replaceAll("");
  }

  /**
   * Fails unless both are alike.
   *
   * @throws TrainingException naming every setting that differs
   */
  static void requireAlike(String where, Map<String, String> saved, Map<String, String> now) {
    List<Problem> problems = new ArrayList<>();
    now.forEach(
        (name, text) -> {
          String before = saved.containsKey(name) ? stable(saved.get(name)) : "nothing";
          if (!before.equals(text)) {
            problems.add(difference(where, name, before, text));
          }
        });
    if (!problems.isEmpty()) {
      throw new TrainingException(problems);
    }
  }

  /** Shows the texts from shortly before the first difference. */
  private static Problem difference(String where, String name, String before, String now) {
    int same = 0;
    while (same < Math.min(before.length(), now.length())
        && before.charAt(same) == now.charAt(same)) {
      same++;
    }
    int from = wordFrom(now, same - SHOWN / 4, same);
    return new Problem(
        where + ", " + name,
        part(before, from),
        part(now, from),
        "Resume with what the training was started with, or start another one.");
  }

  /** Where the first whole word of the part that is alike begins. */
  private static int wordFrom(String text, int from, int same) {
    if (from <= 0) {
      return 0;
    }
    int space = text.indexOf(' ', from);
    return space >= 0 && space < same ? space + 1 : from;
  }

  private static String part(String text, int from) {
    int to = Math.min(text.length(), from + SHOWN);
    if (to < text.length() && text.lastIndexOf(' ', to) > to - SHOWN / 4) {
      to = text.lastIndexOf(' ', to); // no word is cut, unless it is a long one
    }
    return (from > 0 ? "..." : "")
        + text.substring(Math.min(from, to), to)
        + (to < text.length() ? "..." : "");
  }
}
