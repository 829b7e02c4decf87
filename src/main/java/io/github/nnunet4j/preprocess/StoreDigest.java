package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Names what a prepared case was made from: version of the library's rules, recipe, sources. */
final class StoreDigest {
  private StoreDigest() {}

  /** Recipe text with the case's files (size, time), or else with its voxels. */
  static String of(String recipe, Case one) throws IOException {
    return of(PreparedHeader.VERSION, recipe, one);
  }

  static String of(int version, String recipe, Case one) throws IOException {
    MessageDigest digest = sha256();
    text(digest, "version " + version);
    text(digest, recipe);
    for (Path file : one.files()) {
      text(
          digest,
          file.toAbsolutePath() + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
    }
    if (one.files().isEmpty()) {
      voxels(digest, one);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static String ofText(String text) {
    MessageDigest digest = sha256();
    text(digest, "version " + PreparedHeader.VERSION);
    text(digest, text);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Ended by a zero, so that two texts never read as two others. */
  private static void text(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static void voxels(MessageDigest digest, Case one) throws IOException {
    Volume image = one.image();
    text(digest, image.channels() + " channels, " + image.grid());
    for (int c = 0; c < image.channels(); c++) {
      float[] values = image.unsafeArray(c);
      byte[] raw = new byte[4 << 12];
      ByteBuffer row = ByteBuffer.wrap(raw);
      for (int at = 0; at < values.length; at += 1 << 12) {
        int n = Math.min(1 << 12, values.length - at);
        row.asFloatBuffer().put(values, at, n);
        digest.update(raw, 0, 4 * n);
      }
    }
    Optional<LabelMap> labels = one.labels();
    if (labels.isPresent()) {
      byte[] raw = new byte[2 << 12];
      ByteBuffer bytes = ByteBuffer.wrap(raw);
      short[] values = labels.get().unsafeArray();
      for (int at = 0; at < values.length; at += 1 << 12) {
        int n = Math.min(1 << 12, values.length - at);
        bytes.asShortBuffer().put(values, at, n);
        digest.update(raw, 0, 2 * n);
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
