package io.github.nnunet4j.plan;

import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.fingerprint.FingerprintJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * Where a plan came from. Written into the plans file under {@code nnunet4j_origin}, which nnU-Net
 * ignores; it makes no plan equal or unequal to another.
 *
 * @param planner what planned, as it prints
 * @param fingerprint SHA-256 of the fingerprint's JSON, in hexadecimal digits
 * @param reasons of each decision, by configuration in order
 */
public record PlanOrigin(String planner, String fingerprint, List<PlanReason> reasons) {
  /** Copies the list. */
  public PlanOrigin {
    Objects.requireNonNull(planner, "planner");
    Objects.requireNonNull(fingerprint, "fingerprint");
    reasons = List.copyOf(reasons);
  }

  /**
   * Whether a plan was made from a fingerprint, to the last digit.
   *
   * @param other such as that of the data as they are now
   * @return true if it is the same
   */
  public boolean isFrom(Fingerprint other) {
    return fingerprint.equals(digest(other));
  }

  /**
   * Names a fingerprint by its content.
   *
   * @param fingerprint any
   * @return SHA-256 of its JSON, 64 hexadecimal digits
   */
  public static String digest(Fingerprint fingerprint) {
    try {
      byte[] text = FingerprintJson.text(fingerprint).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
