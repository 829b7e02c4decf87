package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.github.nnunet4j.augment.Augmentations;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.loss.DeepSupervision;
import io.github.nnunet4j.loss.LossFunction;
import io.github.nnunet4j.loss.Losses;
import io.github.nnunet4j.network.Initializations;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.plan.Configuration;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every setting that decides a result is described, compared on resume and named there. */
@Tag("engine")
class EverySettingTest {
  /** A change of one setting, and the setting that is named for it. */
  private record Edit(String method, String named, UnaryOperator<TrainerConfig.Builder> change) {}

  /** Settings that make no difference to the result: a resumed training may change them. */
  private static final List<Edit> EXECUTION =
      List.of(
          new Edit("device", "", t -> t.device(Device.of("cpu", 0))),
          new Edit("loaderThreads", "", t -> t.loaderThreads(7)),
          new Edit("cachedBatches", "", t -> t.cachedBatches(9)),
          new Edit("checkpointEvery", "", t -> t.checkpointEvery(3)),
          new Edit("checkpointEvery", "", t -> t.checkpointEvery(Duration.ofSeconds(3))),
          new Edit("listener", "", t -> t.listener(new TrainingListener() {})));

  private static Edit edit(String method, UnaryOperator<TrainerConfig.Builder> change) {
    return new Edit(method, method, change);
  }

  private static final List<Edit> DECISIVE =
      List.of(
          edit("epochs", t -> t.epochs(7)),
          edit("iterations", t -> t.iterations(9)),
          edit("validationIterations", t -> t.validationIterations(5)),
          edit("batchSize", t -> t.batchSize(3)),
          edit("passes", t -> t.passes(2)),
          edit("loss", t -> t.loss(Losses.dice())),
          edit("loss", t -> t.loss(brier().named("brier/1"))),
          edit("deepSupervision", t -> t.deepSupervision(false)),
          edit("deepSupervision", t -> t.deepSupervision(List.of(0.5, 0.5))),
          edit("deepSupervision", t -> t.deepSupervision(DeepSupervision.of(2).withSoftTargets())),
          edit("augmentation", t -> t.augmentation(Augmentations.none())),
          new Edit(
              "editAugmentation",
              "augmentation",
              t -> t.editAugmentation(chain -> chain.then(Augmentations.noise()))),
          edit("sampler", t -> t.sampler(t.build().validationSampler())),
          new Edit(
              "samplerFor",
              "sampler",
              t -> t.samplerFor(w -> PatchSamplers.classBalanced(w, Oversamplings.lastPart(0.5)))),
          new Edit("oversampling", "sampler", t -> t.oversampling(Oversamplings.lastPart(0.7))),
          edit("validationSampler", t -> t.validationSampler(t.build().sampler())),
          edit("schedule", t -> t.schedule(OptimizerSchedules.constant(0.01))),
          edit("optimizer", t -> t.optimizer(Optimizers.adamW(0.01))),
          edit("clipNorm", t -> t.clipNorm(1)),
          edit("mirrorAxes", t -> t.mirrorAxes(0)),
          edit("seed", t -> t.seed(99)),
          edit(
              "initialWeights",
              t -> t.initialWeights(InitialWeights.of(Weights.builder().build()))),
          edit("stopWhen", t -> t.stopWhen(StoppingRules.patienceOfV1())),
          new Edit("restartIfNothingLearnedBy", "restart", t -> t.restartIfNothingLearnedBy(1)),
          edit("validateVolumes", t -> t.validateVolumes(2, (progress, weights) -> List.of(0.5))),
          new Edit("dummyData", "data", t -> t.dummyData()));

  private static LossFunction brier() {
    return (logits, target) -> logits.softmax(1).sub(target.oneHot()).square().mean();
  }

  private static TrainerConfig.Builder defaults() {
    return TinyTraining.config(TinyTraining.data());
  }

  @Test
  void noSettingIsForgottenHere() {
    List<String> methods =
        Arrays.stream(TrainerConfig.Builder.class.getMethods())
            .filter(method -> method.getDeclaringClass() != Object.class)
            .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isBridge())
            .map(Method::getName)
            .filter(name -> !List.of("build", "configuration").contains(name))
            .distinct()
            .sorted()
            .toList();
    List<Edit> all = new ArrayList<>(DECISIVE);
    all.addAll(EXECUTION);
    assertThat(all.stream().map(Edit::method).distinct().sorted().toList())
        .as("settings whose description is tested; add a new one to this test")
        .isEqualTo(methods);
  }

  @Test
  void everyDecisiveSettingChangesTheDescriptionUnderItsName() {
    Map<String, String> before = ConfigTexts.of(defaults().build());
    for (Edit edit : DECISIVE) {
      Map<String, String> after = ConfigTexts.of(edit.change.apply(defaults()).build());
      assertThat(after.keySet()).isEqualTo(before.keySet());
      assertThat(after.get(edit.named)).as(edit.method).isNotEqualTo(before.get(edit.named));
      assertThatThrownBy(() -> ConfigTexts.requireAlike("folder", before, after))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("folder, " + edit.named + ": expected ")
          .hasMessageContaining("or start another one");
      assertThat(edit.change.apply(defaults()).build().toString())
          .isNotEqualTo(defaults().build().toString());
    }
    for (Edit edit : EXECUTION) {
      assertThat(ConfigTexts.of(edit.change.apply(defaults()).build())).isEqualTo(before);
    }
  }

  @Test
  void dataNetworkAndLabelsAreDescribedToo() {
    TrainingData data = TinyTraining.data();
    TrainerConfig config = defaults().build();
    Map<String, String> before = ConfigTexts.of(data, config);
    Configuration orthogonal =
        TinyTraining.configuration(
            TinyTraining.network().toBuilder()
                .style(style -> style.withInitialization(Initializations.xavierNormal()))
                .build());
    Map<String, TrainingData> others = new LinkedHashMap<>();
    others.put(
        "configuration",
        new TrainingData(orthogonal, data.labels(), data.training(), data.validation()));
    others.put(
        "labels",
        new TrainingData(
            data.configuration(), Labels.of("other", "names"), data.training(), data.validation()));
    others.put(
        "training cases",
        new TrainingData(
            data.configuration(), data.labels(), data.validation(), data.validation()));
    others.put(
        "validation cases",
        new TrainingData(data.configuration(), data.labels(), data.training(), List.of()));
    others.forEach(
        (name, other) ->
            assertThatThrownBy(
                    () -> ConfigTexts.requireAlike("x", before, ConfigTexts.of(other, config)))
                .hasMessageContaining("x, " + name + ": expected "));
  }

  @Test
  void aRunFolderDescribesAllAndRefusesAnotherConfiguration(@TempDir Path folder)
      throws IOException {
    TrainingData data = TinyTraining.data();
    TrainerConfig config = defaults().epochs(1).checkpointEvery(1).loss(brier()).build();
    Faults.run(data, config, folder);
    String run = Files.readString(folder.resolve("run.json"));
    for (Map.Entry<String, String> text : ConfigTexts.of(data, config).entrySet()) {
      assertThat(run).contains("\"" + text.getKey() + "\"");
    }
    assertThat(run)
        .contains("a lambda of class io.github.nnunet4j.train.EverySettingTest")
        .doesNotContain("$$Lambda", "@0x");
    TrainerConfig other =
        defaults()
            .epochs(1)
            .checkpointEvery(1)
            .optimizer(Optimizers.adamW(0.01))
            .loss(brier().named("brier/2"))
            .build();
    assertThatThrownBy(() -> Trainer.start(data, config, folder))
        .hasMessageContaining("expected a folder without a training")
        .hasMessageContaining("choose another folder");
    assertThatThrownBy(() -> Trainer.resume(data, other, folder))
        .isInstanceOfSatisfying(TrainingException.class, e -> assertThat(e.problems()).hasSize(2))
        .hasMessageContaining("loss: expected a lambda of class")
        .hasMessageContaining("found brier/2.")
        .hasMessageContaining("optimizer: expected sgd(momentum 0.99, nesterov")
        .message()
        .containsOnlyOnce("Resume with what the training was started with");
    assertThat(Files.readString(folder.resolve("run.json"))).isEqualTo(run);
  }

  @Test
  void longDescriptionsAreCutBetweenWords() {
    Map<String, String> before = new TreeMap<>(Map.of("augmentation", words("word", 60)));
    Map<String, String> now =
        new TreeMap<>(Map.of("augmentation", words("word", 30) + " then " + words("other", 40)));
    assertThatThrownBy(() -> ConfigTexts.requireAlike("folder", before, now))
        .message()
        .satisfies(
            text -> {
              String found = text.substring(text.indexOf("found ") + 6, text.indexOf(". Resume"));
              assertThat(List.of(found.replace("...", "").strip().split("[ ,]+")))
                  .isNotEmpty()
                  .allMatch(word -> List.of("word", "then", "other").contains(word));
              assertThat(found).startsWith("...").endsWith("...").contains("then other");
            });
  }

  private static String words(String word, int count) {
    return java.util.stream.Stream.generate(() -> word)
        .limit(count)
        .collect(Collectors.joining(", "));
  }
}
