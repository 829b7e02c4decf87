package io.github.nnunet4j.faults;

import static io.github.nnunet4j.faults.Faults.refused;
import static io.github.nnunet4j.faults.Faults.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.NnUNet;
import io.github.nnunet4j.Phantoms;
import io.github.nnunet4j.dataset.CaseListener;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.IntegrityReport;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.evaluate.Evaluation;
import io.github.nnunet4j.fingerprint.FingerprintExtractor;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.plan.Fields;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.plan.Planner;
import io.github.nnunet4j.plan.Planners;
import io.github.nnunet4j.plan.StrategyCodec;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.LabelResampling;
import io.github.nnunet4j.preprocess.Recipe;
import io.github.nnunet4j.preprocess.Resampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Listeners, suppliers and strategies of a user that fail outside of the training. */
@Timeout(120)
class UserCodeFaultsTest {
  private static final CaseListener FAILING =
      (id, done, total) -> {
        throw new IllegalStateException("listener bug");
      };

  private static final PlanCodec NAMING =
      PlanCodec.standard()
          .withIntensityNormalization(oneWord())
          .withResampling(oneWord())
          .withLabelResampling(oneWord());

  @TempDir Path folder;
  private final Dataset dataset = Phantoms.volumes(3);

  @AfterEach
  void noThreadIsLeft() {
    Faults.requireNoThreads();
  }

  private void listenerIsNamed(String job, ThrowingCallable call) {
    says(
        refused(StrategyException.class, call),
        "listener of " + job,
        "a listener that does not throw",
        "listener bug",
        "Correct the listener, then call again");
  }

  @Test
  void failingListenersAreNamedByEveryJob() throws IOException {
    listenerIsNamed("verify", () -> dataset.verify(2, FAILING));
    FingerprintExtractor extractor = FingerprintExtractor.standard().threads(2);
    listenerIsNamed("fingerprint", () -> extractor.listener(FAILING).extract(dataset));
    Experiment experiment = Faults.experiment(dataset).withThreads(1);
    listenerIsNamed(
        "prepare", () -> experiment.withListener(FAILING).prepare(dataset.ids(), folder));
    assertThat(Faults.wholeFiles(folder)).containsExactly("case_0.prepared");
    assertThat(experiment.prepare(dataset.ids(), folder)).hasSize(3);
    Evaluation evaluation = Evaluation.of(dataset.labels()).threads(2);
    listenerIsNamed(
        "evaluate",
        () ->
            evaluation.listener(FAILING).cases(dataset.cases(), one -> one.labels().orElseThrow()));
    RawFolder raw = new RawFolder(folder.resolve("raw"), 2);
    Path labels = raw.folder().resolve("labelsTr");
    listenerIsNamed("evaluate", () -> evaluation.listener(FAILING).folders(labels, labels, ".mha"));
  }

  private Dataset with(Cases.Source<Volume> image) {
    LabelMap labels = Phantoms.labels(RawFolder.GRID, 9);
    return Dataset.builder("Supplied")
        .channels("MRI")
        .labels(dataset.labels())
        .add(dataset.cases().get(0))
        .add(Cases.lazy("supplied", image, () -> labels))
        .build();
  }

  private void supplierIsNamed(Cases.Source<Volume> image, String expected, String found) {
    Dataset broken = with(image);
    says(
        refused(DatasetException.class, () -> NnUNet.plan(broken)),
        "case supplied",
        expected,
        found,
        "");
    Experiment sound = Faults.experiment(dataset);
    Experiment experiment =
        NnUNet.experiment(broken, sound.fingerprint(), sound.plan()).withThreads(1);
    says(
        refused(DatasetException.class, () -> experiment.prepare(broken.ids(), folder)),
        "case supplied",
        expected,
        found,
        "");
  }

  @Test
  void failingSuppliersAreNamedByTheirCase() throws IOException {
    supplierIsNamed(
        () -> {
          throw new IllegalStateException("no connection");
        },
        "a case that can be loaded",
        "no connection");
    supplierIsNamed(
        () -> {
          throw new IOException("gone");
        },
        "a readable case",
        "gone");
    supplierIsNamed(
        () -> {
          throw new OutOfMemoryError("Java heap space");
        },
        "enough memory",
        "Java heap space");
    IntegrityReport report =
        with(() -> {
              throw new IllegalStateException("no connection");
            })
            .verify(2);
    assertThat(report.errors()).hasSize(1);
    says(
        report.errors().get(0),
        "case supplied",
        "a case that can be loaded",
        "no connection",
        "correct it");
    assertThat(Faults.wholeFiles(folder)).containsExactly("case_0.prepared");
    assertThat(
            Faults.experiment(with(() -> Phantoms.image(Phantoms.labels(RawFolder.GRID, 9), 9, 1)))
                .prepare(List.of("case_0", "supplied"), folder))
        .hasSize(2);
  }

  /** Gives every strategy the same word: nothing is prepared that could be taken for another. */
  private static <S> StrategyCodec<S> oneWord() {
    return new StrategyCodec<>() {
      @Override
      public Optional<Fields> encode(S strategy) {
        return Optional.of(Fields.of("under test"));
      }

      @Override
      public Optional<S> decode(Fields fields) {
        return Optional.empty();
      }
    };
  }

  @Test
  void strategiesWithoutANameAreNotPreparedWith() throws IOException {
    IntensityNormalization half = (channel, context) -> channel.map(v -> v / 2);
    Experiment experiment =
        Faults.experiment(dataset)
            .withPlan(
                plan -> plan.with("3d_fullres", c -> c.recipe(r -> r.normalization(0, half))));
    says(
        refused(PlanException.class, () -> experiment.prepare(dataset.ids(), folder)),
        "recipe, normalization of channel 0",
        "a normalization that can be written",
        "a lambda of class",
        "Give PlanCodec a StrategyCodec for it");
    assertThat(Faults.wholeFiles(folder)).isEmpty();
    Experiment named =
        experiment.withCodec(
            PlanCodec.standard()
                .withIntensityNormalization(StrategyCodec.constant("half/1", half)));
    assertThat(named.prepare(dataset.ids(), folder)).hasSize(3);
    Path file = preparedFiles().get(0);
    FileTime before = FileTime.fromMillis(0);
    Files.setLastModifiedTime(file, before);
    named.prepare(dataset.ids(), folder);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
    Experiment changed =
        experiment.withCodec(
            PlanCodec.standard()
                .withIntensityNormalization(StrategyCodec.constant("half/2", half)));
    changed.prepare(dataset.ids(), folder);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
    assertThat(preparedFiles()).hasSize(2);
  }

  /** The files of the first case, one per recipe. */
  private List<Path> preparedFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.endsWith("case_0.prepared")).toList();
    }
  }

  private void strategyIsNamed(
      Consumer<Recipe.Builder> edit, String step, String expected, String found)
      throws IOException {
    Experiment sound = Faults.experiment(dataset).withThreads(1);
    Experiment broken =
        sound
            .withPlan(
                plan ->
                    plan.with(
                        "3d_fullres",
                        c ->
                            c.recipe(
                                r -> {
                                  r.targetSpacing(Spacing.millimetres(1.4, 1.1, 1));
                                  edit.accept(r);
                                })))
            .withCodec(NAMING);
    says(
        refused(StrategyException.class, () -> broken.prepare(dataset.ids(), folder)),
        "case case_0, " + step,
        expected,
        found,
        "Correct the strategy that the recipe names for this step");
    assertThat(Faults.wholeFiles(folder)).isEmpty();
  }

  @Test
  void failingStrategiesAreNamedByCaseAndStep() throws IOException {
    IntensityNormalization bug =
        (channel, context) -> {
          throw new IllegalStateException("my bug");
        };
    strategyIsNamed(r -> r.normalization(0, bug), "normalization of channel 0", "", "my bug");
    IntensityNormalization nan = (channel, context) -> channel.map(v -> v > 100 ? Float.NaN : v);
    strategyIsNamed(
        r -> r.normalization(0, nan),
        "normalization of channel 0",
        "finite voxels",
        "NaN at (z, y, x)");
    Resampling failing =
        (source, target) -> {
          throw new ArithmeticException("my bug");
        };
    strategyIsNamed(
        r -> r.imageResampling(failing), "resampling of the image", "a result", "my bug");
    Resampling lazy = (source, target) -> source;
    strategyIsNamed(
        r -> r.imageResampling(lazy), "resampling of the", "extent or channels", "21x22x22");
    LabelResampling labels =
        (source, target) -> {
          throw new ArithmeticException("my bug");
        };
    strategyIsNamed(
        r -> r.labelResampling(labels), "resampling of the labels", "a result", "my bug");
  }

  @Test
  void failingRulesAndFoldsAreNamed() {
    Experiment sound = Faults.experiment(dataset);
    Planner planner =
        Planners.standard().toBuilder()
            .spacing(
                fingerprint -> {
                  throw new IllegalStateException("my rule");
                })
            .build();
    says(
        refused(StrategyException.class, () -> planner.plan(sound.fingerprint(), dataset)),
        "rules of the planner",
        "a plan",
        "my rule",
        "Correct the rule");
    Experiment folds =
        sound.withFolds(
            ids -> {
              throw new IllegalStateException("my folds");
            });
    says(
        refused(StrategyException.class, folds::split),
        "folds of data set Phantoms",
        "splits of the 3 cases",
        "my folds",
        "Correct the fold strategy");
  }

  @Test
  void absurdSpacingsAreRefusedBeforeAnythingIsAllocated() throws IOException {
    LabelMap labels =
        Phantoms.labels(
            RawFolder.GRID.withSpacing(Spacing.millimetres(1500, 1000, 1000)), 0); // micrometres
    Dataset metres =
        Dataset.builder("Metres")
            .channels("MRI")
            .labels(dataset.labels())
            .add("far", Phantoms.image(labels, 0, 1), labels)
            .build();
    Experiment sound = Faults.experiment(dataset);
    Experiment experiment = NnUNet.experiment(metres, sound.fingerprint(), sound.plan());
    says(
        refused(PreprocessException.class, () -> experiment.prepare(metres.ids(), folder)),
        "case far, resampling from",
        "what the heap of this JVM can hold",
        " x ",
        "Check the spacing of the image");
    assertThat(Faults.wholeFiles(folder)).isEmpty();
  }

  @Test
  void twoCasesOfOneIdAreNotPreparedIntoOneFile() {
    Experiment experiment = Faults.experiment(dataset);
    assertThat(experiment.prepare(List.of("case_0", "case_0"), folder)).hasSize(2);
    io.github.nnunet4j.dataset.Case other = Cases.of("case_0", image());
    says(
        refused(
            PreprocessException.class,
            () ->
                io.github.nnunet4j.preprocess.PreparedStore.in(folder)
                    .prepare(
                        List.of(dataset.cases().get(0), other),
                        experiment.configuration().recipe(),
                        dataset.labels(),
                        2,
                        CaseListener.silent())),
        "case case_0",
        "different ids",
        "this id for two cases",
        "Rename one");
  }

  private static Volume image() {
    return Phantoms.image(Phantoms.labels(RawFolder.GRID, 3), 3, 1);
  }

  @Test
  void aPlanForOtherChannelsIsRefusedAtOnce() {
    Experiment one = Faults.experiment(dataset);
    Dataset three =
        Dataset.builder("Three")
            .description(RawFolder.DESCRIPTION)
            .add("a", RawFolder.image(0), RawFolder.labels(0))
            .build();
    says(
        refused(PlanException.class, () -> NnUNet.experiment(three, one.fingerprint(), one.plan())),
        "plan nnUNetPlans",
        "2 channels, as the data set Three has",
        "1 channels",
        "Plan for this data set");
    assertThatThrownBy(() -> one.withConfiguration("3d_lowres")).isInstanceOf(PlanException.class);
  }
}
