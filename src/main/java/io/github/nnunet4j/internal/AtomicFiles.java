package io.github.nnunet4j.internal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/** Files that exist whole or not at all: written beside their place, synced, renamed. */
public final class AtomicFiles {
  private static final String SUFFIX = ".part";

  private AtomicFiles() {}

  /** What is written. */
  @FunctionalInterface
  public interface Body {
    /** Writes everything; need not close. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file atomically, creating its folder. On failure the old file, if any, is untouched
   * and nothing else is left behind. The file has the permissions of any new file (umask).
   */
  public static void write(Path file, Body body) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder == null) {
      throw new IOException("not a file: " + file);
    }
    Files.createDirectories(folder);
    Path part = folder.resolve("." + absolute.getFileName() + random() + SUFFIX);
    try {
      // a temporary file of Java's would be readable to its owner alone, and stay so
      try (FileChannel channel =
              FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
        body.writeTo(out);
        out.flush();
        channel.force(true);
      }
      move(part, absolute);
    } catch (FileSystemException | ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e); // a full disk does not say where
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static String random() {
    return Long.toUnsignedString(UUID.randomUUID().getMostSignificantBits(), Character.MAX_RADIX);
  }

  /** Writes bytes atomically. */
  public static void write(Path file, byte[] bytes) throws IOException {
    write(file, out -> out.write(bytes));
  }

  /**
   * Deletes what processes that were killed amid writing this file have left behind. Not for a file
   * that another thread may be writing.
   */
  public static void sweep(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder != null) {
      sweep(folder, Pattern.quote(String.valueOf(absolute.getFileName())), Instant.MAX);
    }
  }

  /**
   * The same for all files of a folder that have an ending, of what nobody has written to for that
   * long: for files that others may be writing.
   */
  public static void sweep(Path folder, String ending, Duration age) throws IOException {
    sweep(folder, ".*" + Pattern.quote(ending), Instant.now().minus(age));
  }

  private static void sweep(Path folder, String file, Instant before) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Pattern parts = Pattern.compile("\\." + file + "[0-9a-z]*" + Pattern.quote(SUFFIX));
    for (String name : Folders.names(folder)) {
      if (parts.matcher(name).matches()) {
        Path part = folder.resolve(name);
        if (isOlder(part, before)) {
          Files.deleteIfExists(part);
        }
      }
    }
  }

  private static boolean isOlder(Path part, Instant time) throws IOException {
    try {
      return Files.getLastModifiedTime(part).toInstant().isBefore(time);
    } catch (NoSuchFileException e) {
      return false; // another process has put it in its place
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
