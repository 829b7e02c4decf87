package io.github.nnunet4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir Path folder;

  @Test
  void filesHaveThePermissionsOfAnyNewFile() throws IOException {
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "no POSIX here");
    Path other = Files.createFile(folder.resolve("other"));
    Path file = folder.resolve("file");
    AtomicFiles.write(file, new byte[] {1});
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
  }

  @Test
  void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = folder.resolve("file");
    AtomicFiles.write(file, new byte[] {1});
    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    file,
                    out -> {
                      out.write(2);
                      throw new IOException("disk is full");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("disk is full");
    assertThat(file).hasBinaryContent(new byte[] {1});
    assertThat(Folders.names(folder)).containsExactly("file");
  }

  @Test
  void sweepsWhatKilledProcessesLeave() throws IOException {
    Path file = folder.resolve("file");
    Files.createFile(folder.resolve(".filex7.part"));
    Files.createFile(folder.resolve(".other.part"));
    AtomicFiles.sweep(file);
    assertThat(Folders.names(folder)).containsExactly(".other.part");
  }
}
