package io.github.nnunet4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
  @TempDir Path folder;

  @Test
  void namesWhatAFolderHoldsInOrder() throws IOException {
    for (String name : new String[] {"b", "a", "c"}) {
      Files.createFile(folder.resolve(name));
    }
    assertThat(Folders.names(folder)).containsExactly("a", "b", "c");
    assertThatThrownBy(() -> Folders.names(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aDiskThatFailsOnTheWayIsAnIoException() {
    IOException failure = new IOException("bad sector");
    Stream<Path> entries =
        Stream.of(folder.resolve("a"), folder.resolve("b"))
            .peek(
                entry -> {
                  if (entry.endsWith("b")) {
                    throw new UncheckedIOException(failure);
                  }
                });
    assertThatThrownBy(() -> Folders.names(entries)).isSameAs(failure);
  }
}
