package io.github.nnunet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.ImageFormat;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.AtomicFiles;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PredictorTest {
  private static final Labels LABELS = Labels.of("bright");
  private static final Extent PATCH = Extent.of(4, 4, 4);
  private final AtomicInteger released = new AtomicInteger();
  private final AtomicInteger inside = new AtomicInteger();
  @TempDir Path folder;

  @AfterEach
  void noThreadIsLeft() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("nnunet4j-predict"));
  }

  @Test
  void labelsVoxelsOnTheGridOfTheImage() {
    Volume image = image(1);
    try (Predictor predictor = predictor(PredictorConfig.defaults())) {
      LabelMap labels = predictor.predict(image);
      assertThat(labels.grid()).isEqualTo(image.grid());
      assertThat(labels).isEqualTo(threshold(image));
      Volume probabilities = predictor.probabilities(image);
      assertThat(probabilities.channels()).isEqualTo(2);
      float sum = probabilities.at(0, 2, 3, 4) + probabilities.at(1, 2, 3, 4);
      assertThat(sum).isBetween(0.99999f, 1.00001f);
      Logits logits = predictor.logits(image);
      assertThat(logits.values().channels()).isEqualTo(2);
      assertThat(predictor.labels(Logits.mean(List.of(logits, logits)))).isEqualTo(labels);
    }
  }

  @Test
  void averagesLogitsOfAlikePredictionsOnly() {
    try (Predictor predictor = predictor(PredictorConfig.defaults())) {
      Logits one = predictor.logits(image(1));
      Logits two = predictor.logits(image(2));
      Logits mean = Logits.mean(List.of(one, two));
      assertThat(mean.values().at(1, 1, 2, 3))
          .isEqualTo((one.values().at(1, 1, 2, 3) + two.values().at(1, 1, 2, 3)) / 2);
      Logits small = predictor.logits(Volume.wrap(Grid.of(1, 1, 1), new float[1]));
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(() -> Logits.mean(List.of(one, small)))
          .withMessageContaining("1x1x1");
    }
  }

  @Test
  void refusesImagesThatCannotBePredicted() {
    try (Predictor predictor = predictor(PredictorConfig.defaults())) {
      Volume two = Volume.wrap(Grid.of(1, 1, 2), new float[2], new float[2]);
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(() -> predictor.predict(two))
          .withMessageContaining("1 channels")
          .withMessageContaining("found 2");
      float[] values = new float[6];
      values[4] = Float.NaN;
      Volume nan = Volume.wrap(Grid.of(1, 2, 3), values);
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(() -> predictor.predict(nan))
          .withMessageContaining("NaN at (z, y, x) = (0, 1, 1)");
      Volume empty = Volume.wrap(Grid.of(0, 2, 3), new float[0]);
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(() -> predictor.predict(empty))
          .withMessageContaining("0x2x3");
    }
  }

  @Test
  void refusesTileWeightsThatBreakTheirContract() {
    for (TileWeight weight :
        List.<TileWeight>of(
            patch -> new float[3],
            patch -> new float[64],
            patch -> {
              float[] weights = TileWeights.uniform().of(patch);
              weights[7] = Float.NaN;
              return weights;
            })) {
      assertThatExceptionOfType(StrategyException.class)
          .isThrownBy(() -> predictor(PredictorConfig.defaults().withTileWeight(weight)))
          .withMessageContaining("4x4x4");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new FoldNetworks(
                    List.of(this::bright),
                    () -> {},
                    Extent.of(4, 4),
                    2,
                    PredictorConfig.defaults().withMirroring(Mirroring.axes(2))));
  }

  @Test
  void freesItsNetworksOnceAndPredictsNoMore() {
    Predictor predictor = predictor(PredictorConfig.defaults());
    predictor.close();
    predictor.close();
    assertThat(released).hasValue(1);
    assertThatExceptionOfType(PredictionException.class)
        .isThrownBy(() -> predictor.predict(image(1)))
        .withMessageContaining("closed");
  }

  @Test
  void servesSeveralThreadsThatTakeTurnsAtTheNetworks() throws InterruptedException {
    try (Predictor predictor = predictor(PredictorConfig.defaults())) {
      AtomicInteger wrong = new AtomicInteger();
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        Volume image = image(t);
        Thread thread =
            new Thread(
                () -> {
                  for (int i = 0; i < 5; i++) {
                    if (!predictor.predict(image).equals(threshold(image))) {
                      wrong.incrementAndGet();
                    }
                  }
                });
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(wrong).hasValue(0);
    }
  }

  @Test
  void endsAPredictionWhenItsThreadIsInterrupted() {
    try (Predictor predictor = predictor(PredictorConfig.defaults().withThreads(1))) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(CancelledException.class)
          .isThrownBy(() -> predictor.predict(image(1)));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(predictor.predict(image(1))).isEqualTo(threshold(image(1)));
    }
  }

  @Test
  void predictsManyCasesIntoAFolder() throws IOException {
    List<String> heard = new ArrayList<>();
    PredictionJob job =
        PredictionJob.of(TEXT, ".txt")
            .withListener((id, done, total) -> heard.add(id + " " + done + "/" + total));
    try (Predictor predictor = predictor(PredictorConfig.defaults())) {
      List<Path> files = predictor.predict(cases(5), folder.resolve("new"), job);
      assertThat(files).hasSize(5);
      for (int i = 0; i < 5; i++) {
        assertThat(files.get(i)).hasFileName("case" + i + ".txt");
        assertThat(Files.readString(files.get(i))).isEqualTo(text(threshold(image(i))));
      }
    }
    assertThat(heard)
        .containsExactly("case0 1/5", "case1 2/5", "case2 3/5", "case3 4/5", "case4 5/5");
  }

  @Test
  void skipsWhatIsThereIfAskedTo() throws IOException {
    Files.writeString(folder.resolve("case1.txt"), "old");
    List<String> heard = new ArrayList<>();
    PredictionJob job =
        PredictionJob.of(TEXT, ".txt").withListener((id, done, total) -> heard.add(id));
    try (Predictor predictor = predictor(PredictorConfig.defaults())) {
      predictor.predict(cases(3), folder, job.withSkipExisting(true));
      assertThat(folder.resolve("case1.txt")).hasContent("old");
      assertThat(heard).containsExactly("case1", "case0", "case2");
      predictor.predict(cases(3), folder, job);
      assertThat(folder.resolve("case1.txt")).hasContent(text(threshold(image(1))));
    }
  }

  @Test
  void namesTheCaseThatFailsAndKeepsTheOthers() {
    List<Case> cases = new ArrayList<>(cases(2));
    cases.add(
        Cases.lazy(
            "gone",
            () -> {
              throw new IOException("gone_0000.nii.gz does not exist");
            }));
    cases.addAll(cases(9).subList(2, 9));
    try (Predictor predictor = predictor(PredictorConfig.defaults())) {
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(() -> predictor.predict(cases, folder, PredictionJob.of(TEXT, ".txt")))
          .withMessageContaining("case gone")
          .withMessageContaining("does not exist");
    }
    assertThat(folder.resolve("gone.txt")).doesNotExist();
    assertThat(files()).allMatch(name -> name.matches("case[01]\\.txt"));
  }

  @Test
  void leavesNothingHalfWrittenWhenWritingFails() {
    ImageFormat full =
        new TextFormat() {
          @Override
          public void write(LabelMap labels, Path file) throws IOException {
            AtomicFiles.write(
                file,
                out -> {
                  out.write(1);
                  throw new IOException("No space left on device");
                });
          }
        };
    try (Predictor predictor = predictor(PredictorConfig.defaults())) {
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(() -> predictor.predict(cases(4), folder, PredictionJob.of(full, ".txt")))
          .withMessageContaining("case case0")
          .withMessageContaining("No space left");
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void stopsAtAFailingListenerAndOnRequest() {
    PredictionJob job = PredictionJob.of(TEXT, ".txt");
    try (Predictor predictor = predictor(PredictorConfig.defaults())) {
      PredictionJob failing =
          job.withListener(
              (id, done, total) -> {
                throw new IllegalStateException("listener bug");
              });
      assertThatExceptionOfType(StrategyException.class)
          .isThrownBy(() -> predictor.predict(cases(4), folder, failing))
          .withMessageContaining("case case0: listener")
          .withMessageContaining("listener bug");
      AtomicBoolean stop = new AtomicBoolean();
      PredictionJob stopping =
          job.withListener((id, done, total) -> stop.set(true)).withCancelled(stop::get);
      assertThatExceptionOfType(CancelledException.class)
          .isThrownBy(() -> predictor.predict(cases(50), folder, stopping));
      assertThat(files()).hasSizeLessThan(5);
      PredictionJob polite =
          job.withListener(
              (id, done, total) -> {
                throw CasePipeline.cancellation("a button");
              });
      assertThatExceptionOfType(CancelledException.class)
          .isThrownBy(() -> predictor.predict(cases(4), folder, polite))
          .withMessageContaining("a button");
    }
  }

  @Test
  void refusesJobsThatCannotEndWell() {
    PredictionJob job = PredictionJob.of(TEXT, ".txt");
    try (Predictor predictor = predictor(PredictorConfig.defaults())) {
      List<Case> twice = List.of(cases(1).get(0), cases(1).get(0));
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(() -> predictor.predict(twice, folder, job))
          .withMessageContaining("this id twice");
      for (String id : List.of("../evil", ".hidden", "", "a/b", "a\nb")) {
        List<Case> odd = List.of(Cases.of(id, image(1)));
        assertThatExceptionOfType(PredictionException.class)
            .isThrownBy(() -> predictor.predict(odd, folder, job))
            .withMessageContaining("file name");
      }
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(() -> predictor.predict(cases(1), folder, PredictionJob.of(TEXT, ".nii.gz")))
          .withMessageContaining("case0.nii.gz");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> PredictionJob.of(TEXT, "nii"));
    assertThat(files()).isEmpty();
  }

  private List<String> files() {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(p -> p.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Predictor predictor(PredictorConfig config) {
    FoldNetworks networks =
        new FoldNetworks(List.of(this::bright), released::incrementAndGet, PATCH, 2, config);
    return new Predictor(
        1,
        (id, image) -> {
          Placement placement =
              new Placement(image.grid(), List.of(0, 1, 2), Box.whole(image.grid().extent()));
          return new PreparedImage(image, placement);
        },
        networks,
        new Export((source, target) -> source.withGrid(target), LABELS, config.threads()));
  }

  /** Logits 0 and x - 0.5; fails if two threads are inside at once. */
  private void bright(
      java.nio.ByteBuffer tiles, long[] shape, java.util.function.Consumer<FloatBuffer> logits) {
    if (inside.incrementAndGet() != 1) {
      throw new IllegalStateException("two threads in one network");
    }
    FloatBuffer in = tiles.asFloatBuffer();
    int voxels = 64;
    FloatBuffer out = FloatBuffer.allocate(2 * in.remaining());
    for (int tile = 0; tile < shape[0]; tile++) {
      for (int i = 0; i < voxels; i++) {
        out.put((2 * tile + 1) * voxels + i, in.get(tile * voxels + i) - 0.5f);
      }
    }
    try {
      logits.accept(out);
    } finally {
      inside.decrementAndGet();
    }
  }

  private static List<Case> cases(int count) {
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int seed = i;
      cases.add(Cases.lazy("case" + i, () -> image(seed)));
    }
    return cases;
  }

  private static Volume image(int seed) {
    Random random = new Random(seed);
    float[] values = new float[5 * 6 * 7];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(2);
    }
    return Volume.wrap(Grid.of(5, 6, 7), values);
  }

  private static LabelMap threshold(Volume image) {
    float[] values = image.unsafeArray(0);
    short[] labels = new short[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (short) values[i];
    }
    return LabelMap.wrap(image.grid(), labels);
  }

  private static String text(LabelMap labels) {
    return java.util.Arrays.toString(labels.unsafeArray());
  }

  private static final ImageFormat TEXT = new TextFormat();

  private static class TextFormat implements ImageFormat {
    @Override
    public boolean accepts(Path file) {
      return file.toString().endsWith(".txt");
    }

    @Override
    public Volume read(Path file) throws IOException {
      throw new IOException("not for reading");
    }

    @Override
    public LabelMap readLabels(Path file) throws IOException {
      throw new IOException("not for reading");
    }

    @Override
    public void write(LabelMap labels, Path file) throws IOException {
      AtomicFiles.write(file, text(labels).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }
}
