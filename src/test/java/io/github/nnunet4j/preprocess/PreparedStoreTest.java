package io.github.nnunet4j.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.CaseListener;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedStoreTest {
  private static final Labels LABELS = Labels.of("organ", "lesion");
  private static final CaseListener QUIET = (id, done, total) -> {};

  @TempDir Path folder;

  @Test
  void readsPatchesThatReachOutOfTheCaseLikeTheCaseInMemory() throws IOException {
    Case one = randomCase("a", 1);
    Prepared whole = Preprocessor.of(recipe()).prepare(one, LABELS);
    PreparedCase memory = PreparedCase.inMemory("a", whole);
    PreparedCase stored = prepare(recipe(), one).get(0);
    assertThat(stored.id()).isEqualTo("a");
    assertThat(stored.extent()).isEqualTo(memory.extent());
    assertThat(stored.channels()).isEqualTo(2);
    assertThat(stored.restoration()).isEqualTo(memory.restoration());
    assertThat(stored.classLocations()).isEqualTo(memory.classLocations());
    for (Box box :
        List.of(
            Box.whole(stored.extent()),
            new Box(-2, -3, -1, Extent.of(6, 7, 8)),
            new Box(3, 4, 2, Extent.of(20, 5, 30)),
            new Box(100, 0, 0, Extent.of(2, 2, 2)),
            new Box(0, -9, 0, Extent.of(2, 2, 2)))) {
      assertThat(stored.readImage(box)).isEqualTo(memory.readImage(box));
      assertThat(stored.readLabels(box)).isEqualTo(memory.readLabels(box));
    }
    Box outside = new Box(100, 0, 0, Extent.of(1, 1, 2));
    assertThat(stored.readImage(outside).toArray(0)).containsOnly(0);
    assertThat(stored.readLabels(outside).toArray()).containsOnly(-1);
    assertThat(stored.readImage(Box.whole(stored.extent()))).isEqualTo(whole.image());
  }

  @Test
  void readsSingleClassLocationsFromTheFile() throws IOException {
    Case one = randomCase("a", 1);
    ClassLocations memory = Preprocessor.of(recipe()).prepare(one, LABELS).classLocations();
    ClassLocations stored = prepare(recipe(), one).get(0).classLocations();
    assertThat(stored.hashCode()).isEqualTo(memory.hashCode());
    assertThat(stored).hasToString(memory.toString());
    for (int key = 0; key < memory.keys().size(); key++) {
      for (int i = 0; i < memory.count(key); i += 7) {
        for (int axis = 0; axis < 3; axis++) {
          assertThat(stored.coordinate(key, i, axis)).isEqualTo(memory.coordinate(key, i, axis));
        }
      }
    }
    for (ClassLocations each : List.of(stored, memory)) {
      assertThatThrownBy(() -> each.voxel(0, each.count(0)))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
    Files.delete(file());
    assertThatThrownBy(() -> stored.coordinate(0, 0, 0))
        .isInstanceOf(PreprocessException.class)
        .hasMessageContaining("case a");
  }

  @Test
  void reusesACaseOnlyWhileRecipeAndSourcesAreUnchanged() throws IOException {
    Case one = randomCase("a", 1);
    prepare(recipe(), one);
    FileTime first = time();
    prepare(recipe(), one);
    assertThat(time()).isEqualTo(first);
    prepare(recipe().toBuilder().targetSpacing(Spacing.millimetres(1, 1, 1.1)).build(), one);
    FileTime second = time();
    assertThat(second).isNotEqualTo(first);
    prepare(
        recipe().toBuilder().targetSpacing(Spacing.millimetres(1, 1, 1.1)).build(),
        randomCase("a", 2));
    assertThat(time()).isNotEqualTo(second);
  }

  @Test
  void makesDamagedFilesAgainAndRefusesToOpenThem() throws IOException {
    Case one = randomCase("a", 1);
    prepare(recipe(), one);
    Path file = file();
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {0, 7, 40, bytes.length / 2, bytes.length - 1}) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> PreparedStore.in(folder).open("a"))
          .isInstanceOf(PreprocessException.class)
          .hasMessageContaining("case a");
      prepare(recipe(), one);
      assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }
    assertThat(PreparedStore.in(folder).open("a").id()).isEqualTo("a");
  }

  @Test
  void lambdasNeedANameUnderWhichTheyAreReused() throws IOException {
    Recipe recipe = halved();
    Case one = randomCase("a", 1);
    assertThatThrownBy(() -> prepare(recipe, one))
        .isInstanceOf(PreprocessException.class)
        .hasMessageContaining("recipe, normalization of channel 0")
        .hasMessageContaining("a lambda of class")
        .hasMessageContaining("withKey");
    assertThat(folder).isEmptyDirectory();

    PreparedStore keyed = PreparedStore.in(folder).withKey("half/1");
    assertThat(isMadeAgain(keyed, recipe, one)).isTrue();
    // another instance of the same name, as after a new start
    assertThat(isMadeAgain(keyed, halved(), one)).isFalse();
    Recipe coarser = halved().toBuilder().targetSpacing(Spacing.millimetres(1, 1, 1.1)).build();
    assertThat(isMadeAgain(keyed, coarser, one)).isTrue();
    assertThat(isMadeAgain(keyed, recipe, one)).isTrue();
    assertThat(isMadeAgain(PreparedStore.in(folder).withKey("half/2"), recipe, one)).isTrue();
    assertThat(keyed.toString()).contains("half/1");
  }

  @Test
  void asksForANameWhereARecipeDoesNotPrintIt() throws IOException {
    Case one = randomCase("a", 1);
    PreparedStore asking = PreparedStore.in(folder).namedBy(recipe -> "half by name");
    assertThat(isMadeAgain(asking, halved(), one)).isTrue();
    assertThat(isMadeAgain(asking, halved(), one)).isFalse();
    PreparedStore other = PreparedStore.in(folder).namedBy(recipe -> "third by name");
    assertThat(isMadeAgain(other, halved(), one)).isTrue();
    PreparedStore none =
        PreparedStore.in(folder)
            .namedBy(
                recipe -> {
                  throw new IllegalStateException("asked");
                });
    assertThat(isMadeAgain(none, recipe(), one)).isTrue();
    assertThat(isMadeAgain(PreparedStore.in(folder), recipe(), one)).isFalse();
    assertThatThrownBy(() -> isMadeAgain(none, halved(), one)).hasMessage("asked");
  }

  @Test
  void howProbabilitiesComeBackDoesNotMatter() throws IOException {
    Case one = randomCase("a", 1);
    prepare(recipe(), one);
    Resampling lambda = (source, target) -> source;
    Recipe other = recipe().toBuilder().probabilityResampling(lambda).build();
    assertThat(isMadeAgain(PreparedStore.in(folder), other, one)).isFalse();
  }

  @Test
  void strategiesThatHoldALambdaAreNamelessToo() throws IOException {
    record Twice(IntensityNormalization inner, double factor) implements IntensityNormalization {
      @Override
      public Volume apply(Volume channel, Context context) {
        return inner.apply(channel, context).map(v -> (float) (v * factor));
      }
    }
    IntensityNormalization half = (channel, context) -> channel.map(v -> v / 2);
    Case one = randomCase("a", 1);
    PreparedStore keyed = PreparedStore.in(folder).withKey("half/1");
    Recipe two = recipe().toBuilder().normalization(0, new Twice(half, 2)).build();
    assertThatThrownBy(() -> prepare(two, one)).isInstanceOf(PreprocessException.class);
    assertThat(isMadeAgain(keyed, two, one)).isTrue();
    assertThat(isMadeAgain(keyed, two, one)).isFalse();
    Recipe three = recipe().toBuilder().normalization(0, new Twice(half, 3)).build();
    assertThat(isMadeAgain(keyed, three, one)).isTrue();
  }

  @Test
  void reusesNothingOfAnotherVersionOfTheLibrary() throws IOException {
    Case one = randomCase("a", 1);
    PreparedStore store = PreparedStore.in(folder);
    prepare(recipe(), one);
    Prepared prepared = Preprocessor.of(recipe()).prepare(one, LABELS);
    String text = store.text(recipe(), LABELS);
    int version = PreparedHeader.VERSION;
    assertThat(PreparedHeader.read(file()).digest()).isEqualTo(StoreDigest.of(version, text, one));

    String older = StoreDigest.of(version - 1, text, one);
    PreparedWriter.write(file(), "a", older, prepared);
    assertThat(isMadeAgain(store, recipe(), one)).isTrue();

    byte[] bytes = Files.readAllBytes(file());
    assertThat(new String(bytes, 0, 8, StandardCharsets.US_ASCII)).isEqualTo("NJ4PREP" + version);
    bytes[7]++;
    Files.write(file(), bytes);
    assertThatThrownBy(() -> store.open("a"))
        .isInstanceOf(PreprocessException.class)
        .hasMessageContaining("not a prepared case");
    assertThat(isMadeAgain(store, recipe(), one)).isTrue();
  }

  private static Recipe halved() {
    return scaled(0.5f);
  }

  /** With a lambda that is another object at each call. */
  private static Recipe scaled(float factor) {
    return recipe().toBuilder()
        .normalization(0, (channel, context) -> channel.map(v -> v * factor))
        .build();
  }

  private boolean isMadeAgain(PreparedStore store, Recipe recipe, Case one) throws IOException {
    FileTime before = FileTime.fromMillis(0);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, before);
      }
    }
    store.prepare(List.of(one), recipe, LABELS, 1, QUIET);
    return !time().equals(before);
  }

  @Test
  void goesOnAfterAFailingListenerAndGivesTheSameWithAnyNumberOfThreads() {
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      cases.add(randomCase("case" + i, i));
    }
    PreparedStore store = PreparedStore.in(folder);
    assertThatThrownBy(
            () ->
                store.prepare(
                    cases,
                    recipe(),
                    LABELS,
                    2,
                    (id, done, total) -> {
                      throw new IllegalStateException("stop");
                    }))
        .isInstanceOf(StrategyException.class)
        .hasMessageContaining("listener of prepare");
    List<String> heard = new ArrayList<>();
    List<PreparedCase> many =
        store.prepare(cases, recipe(), LABELS, 3, (id, done, total) -> heard.add(id));
    assertThat(heard).hasSize(6);
    for (int i = 0; i < 6; i++) {
      PreparedCase alone =
          PreparedStore.in(folder.resolve("one"))
              .prepare(List.of(cases.get(i)), recipe(), LABELS, 1, QUIET)
              .get(0);
      Box whole = Box.whole(alone.extent());
      assertThat(many.get(i).readImage(whole)).isEqualTo(alone.readImage(whole));
      assertThat(many.get(i).readLabels(whole)).isEqualTo(alone.readLabels(whole));
    }
  }

  @Test
  void leavesNothingHalfWrittenWhereItCannotWrite() throws IOException {
    Path blocked = Files.writeString(folder.resolve("file"), "in the way");
    assertThatThrownBy(
            () ->
                PreparedStore.in(blocked)
                    .prepare(List.of(randomCase("a", 1)), recipe(), LABELS, 1, QUIET))
        .isInstanceOf(PreprocessException.class)
        .hasMessageContaining("case a");
    assertThat(blocked).hasContent("in the way");
  }

  @Test
  void namesTheCaseInEveryRefusal() {
    Grid grid = Grid.of(3, 3, 3);
    float[] withNan = new float[27];
    withNan[4] = Float.NaN;
    Preprocessor preprocessor = Preprocessor.of(recipe());
    assertThatThrownBy(() -> preprocessor.prepare("bad", Volume.wrap(grid, new float[27], withNan)))
        .isInstanceOf(PreprocessException.class)
        .hasMessageContaining("case bad")
        .hasMessageContaining("channel 1")
        .hasMessageContaining("NaN at (z, y, x) = (0, 1, 1)");
    assertThatThrownBy(() -> preprocessor.prepare("bad", Volume.wrap(grid, new float[27])))
        .isInstanceOf(PreprocessException.class)
        .hasMessageContaining("2 channels");
    Volume good = Volume.wrap(grid, new float[27], new float[27]);
    LabelMap other = LabelMap.wrap(Grid.of(1, 3, 3), new short[9]);
    assertThatThrownBy(() -> preprocessor.prepare("bad", good, other))
        .isInstanceOf(PreprocessException.class)
        .hasMessageContaining("1x3x3");
    Recipe failing =
        recipe().toBuilder()
            .normalization(
                1,
                (channel, context) -> {
                  throw new IllegalStateException("mine");
                })
            .build();
    assertThatThrownBy(() -> Preprocessor.of(failing).prepare("bad", good))
        .isInstanceOf(StrategyException.class)
        .hasMessageContaining("case bad, normalization of channel 1")
        .hasMessageContaining("mine");
    Recipe wrong = recipe().toBuilder().normalization(0, (channel, context) -> good).build();
    assertThatThrownBy(() -> Preprocessor.of(wrong).prepare("bad", good))
        .isInstanceOf(StrategyException.class);
    Recipe rgb = recipe().toBuilder().normalization(0, IntensityNormalizations.rgbTo01()).build();
    float[] negative = new float[27];
    negative[0] = -1;
    assertThatThrownBy(
            () -> Preprocessor.of(rgb).prepare("bad", Volume.wrap(grid, negative, new float[27])))
        .isInstanceOf(PreprocessException.class)
        .hasMessageContaining("case bad");
  }

  @Test
  void bringsLabelsAndProbabilitiesBackToTheImagesGrid() {
    float[] voxels = new float[3 * 4 * 5];
    voxels[(1 * 4 + 1) * 5 + 2] = 1;
    voxels[(2 * 4 + 3) * 5 + 2] = 1;
    Grid grid = Grid.of(Extent.of(3, 4, 5), Spacing.millimetres(1, 2, 3));
    Recipe turned =
        recipe().toBuilder()
            .axisOrder(List.of(2, 0, 1))
            .targetSpacing(Spacing.millimetres(3, 1, 2))
            .build();
    Prepared prepared = Preprocessor.of(turned).prepare("a", Volume.wrap(grid, voxels, voxels));
    Restoration restoration = prepared.restoration();
    assertThat(restoration.croppedGrid().extent()).isEqualTo(Extent.of(1, 2, 3));
    LabelMap map =
        restoration.restore(
            LabelMap.wrap(restoration.croppedGrid(), new short[] {1, 2, 3, 4, 5, 6}));
    assertThat(map.grid()).isEqualTo(grid);
    assertThat(map.at(1, 1, 2)).isEqualTo(1);
    assertThat(map.at(1, 3, 2)).isEqualTo(3);
    assertThat(map.at(2, 3, 2)).isEqualTo(6);
    assertThat(map.at(0, 0, 0)).isZero();
    Volume back =
        restoration.restore(
            Volume.wrap(restoration.croppedGrid(), new float[6], new float[] {1, 2, 3, 4, 5, 6}),
            0);
    assertThat(back.at(0, 0, 0, 0)).isEqualTo(1);
    assertThat(back.at(0, 2, 3, 2)).isZero();
    assertThat(back.at(1, 2, 3, 2)).isEqualTo(6);
  }

  private List<PreparedCase> prepare(Recipe recipe, Case one) {
    return PreparedStore.in(folder).prepare(List.of(one), recipe, LABELS, 1, QUIET);
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  private FileTime time() throws IOException {
    return Files.getLastModifiedTime(file());
  }

  private static Recipe recipe() {
    IntensityStatistics none = IntensityStatistics.builder().build();
    return Recipe.builder()
        .targetSpacing(Spacing.millimetres(1, 1, 1))
        .channels(
            List.of(
                new Recipe.ChannelRecipe(IntensityNormalizations.zScore(), true, none),
                new Recipe.ChannelRecipe(IntensityNormalizations.none(), false, none)))
        .imageResampling(Resamplings.images())
        .labelResampling(LabelResamplings.labels())
        .probabilityResampling(Resamplings.probabilities())
        .build();
  }

  private static Case randomCase(String id, long seed) {
    Random random = new Random(seed);
    Grid grid = Grid.of(Extent.of(9, 10, 11), Spacing.millimetres(1.2, 0.9, 1));
    float[] a = new float[(int) grid.voxels()];
    float[] b = new float[a.length];
    short[] labels = new short[a.length];
    for (int i = 0; i < a.length; i++) {
      a[i] = random.nextInt(4) == 0 ? 0 : random.nextFloat();
      b[i] = random.nextFloat() * (a[i] == 0 ? 0 : 1);
      labels[i] = (short) random.nextInt(3);
    }
    return Cases.of(id, Volume.wrap(grid, a, b), LabelMap.wrap(grid, labels));
  }
}
