package io.github.nnunet4j.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageStoreTest {
  private static final Extent EXTENT = Extent.of(5, 6, 7);
  private static final Grid GRID = Grid.of(EXTENT, Spacing.millimetres(3, 2, 1));

  @TempDir Path folder;

  private static LabelMap map() {
    SplittableRandom random = new SplittableRandom(1);
    short[] labels = new short[210];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (short) random.nextInt(300);
    }
    return LabelMap.wrap(GRID, labels);
  }

  @Test
  void readsBoxesThatMayReachOut() {
    StageStore store = StageStore.in(folder.resolve("new/3d_cascade_fullres"));
    assertThat(store.holds("one")).isFalse();
    store.write("one", map());
    assertThat(store.holds("one")).isTrue();
    StageLabels labels = store.open("one", GRID);
    assertThat(labels.extent()).isEqualTo(EXTENT);
    assertThat(labels.read(Box.whole(EXTENT)).unsafeArray()).isEqualTo(map().unsafeArray());
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 200; i++) {
      Box box =
          new Box(
              random.nextInt(-4, 6),
              random.nextInt(-4, 7),
              random.nextInt(-4, 8),
              Extent.of(random.nextInt(1, 9), random.nextInt(1, 9), random.nextInt(1, 9)));
      LabelMap part = labels.read(box);
      assertThat(part.grid()).isEqualTo(GRID.crop(box));
      for (int z = 0; z < box.size().get(0); z++) {
        for (int y = 0; y < box.size().get(1); y++) {
          for (int x = 0; x < box.size().get(2); x++) {
            Box voxel = new Box(box.z() + z, box.y() + y, box.x() + x, Extent.of(1, 1, 1));
            int expected = voxel.within(EXTENT) ? map().at(voxel.z(), voxel.y(), voxel.x()) : -1;
            assertThat(part.at(z, y, x)).as("%s in %s", voxel, box).isEqualTo(expected);
          }
        }
      }
    }
  }

  @Test
  void isAFileThatOthersCanRead() throws IOException {
    StageStore.in(folder).write("one", map());
    Safetensors.Content content = Safetensors.read(folder.resolve("one.safetensors"));
    assertThat(content.get("labels").extents()).containsExactly(5, 6, 7);
    assertThat(content.get("labels").ints()[17]).isEqualTo(map().unsafeArray()[17]);
  }

  @Test
  void namesCaseAndFileOfWhatIsMissingOrDamaged() throws IOException {
    StageStore store = StageStore.in(folder);
    assertThat(store).hasToString("StageStore in " + folder);
    assertThatExceptionOfType(PreprocessException.class)
        .isThrownBy(() -> store.open("one", GRID))
        .withMessageContaining("case one")
        .withMessageContaining("one.safetensors")
        .withMessageContaining("no such file")
        .withMessageContaining("Train the previous stage");
    store.write("one", map());
    assertThatExceptionOfType(PreprocessException.class)
        .isThrownBy(() -> store.open("one", Grid.of(5, 6, 8)))
        .withMessageContaining("5x6x8")
        .withMessageContaining("5x6x7");
    StageLabels labels = store.open("one", GRID);
    assertThat(labels.toString()).contains("one", "5x6x7");
    Path file = folder.resolve("one.safetensors");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 2));
    assertThatExceptionOfType(PreprocessException.class)
        .isThrownBy(() -> store.open("one", GRID))
        .withMessageContaining("one.safetensors");
    assertThatExceptionOfType(PreprocessException.class)
        .isThrownBy(() -> labels.read(Box.whole(EXTENT)))
        .withMessageContaining("case one");
    Files.write(file, new byte[3]);
    assertThatExceptionOfType(PreprocessException.class)
        .isThrownBy(() -> store.open("one", GRID))
        .withMessageContaining("one.safetensors");
    Files.delete(file);
    Files.createDirectories(file);
    assertThatExceptionOfType(PreprocessException.class)
        .isThrownBy(() -> store.write("one", map()))
        .withMessageContaining("to write the prediction");
  }
}
