package io.github.nnunet4j.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The word that was probably meant. */
public final class Nearest {
  /** Longer words are not compared; nobody misspells those. */
  private static final int LONGEST = 200;

  private Nearest() {}

  /**
   * The known word that takes the fewest changed letters, whatever their case; the first of equals.
   */
  public static Optional<String> of(String word, Collection<String> known) {
    return word.length() > LONGEST
        ? Optional.empty()
        : known.stream().min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  /** The known word of which this one is a slip: one or two letters are wrong. */
  public static Optional<String> misspelt(String word, Collection<String> known) {
    return known.contains(word)
        ? Optional.empty()
        : of(word, known).filter(candidate -> distance(word, candidate) <= 2);
  }

  /** Letters to insert, drop or replace. */
  private static int distance(String from, String to) {
    String a = from.toLowerCase(Locale.ROOT);
    String b = to.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
