package io.github.nnunet4j.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Damaged copies of good files, so that the normal build tries some of what a fuzzer tries for
 * hours.
 */
public final class Mutants {
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    7,
    127,
    128,
    255,
    256,
    32767,
    32768,
    65535,
    65536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final List<String> WORDS =
      List.of(
          "0",
          "1",
          "2",
          "-1",
          "1.5",
          "65536",
          "2147483648",
          "99999999999999999999",
          "1e400",
          "nan",
          "NaN",
          "-Infinity",
          "null",
          "true",
          "[]",
          "{}",
          "\"\"",
          "\"x\"",
          "\n",
          "\0",
          "a.raw");

  private Mutants() {}

  /** The seeds that a fuzz target starts from, in the order of their names. */
  public static List<byte[]> seeds(Class<?> tests, String target) throws IOException {
    String folder = tests.getName().replace('.', '/') + "Inputs";
    List<byte[]> seeds = new ArrayList<>();
    try (Stream<Path> files =
        Files.list(Path.of("src/test/resources").resolve(folder).resolve(target))) {
      for (Path file : files.sorted().toList()) {
        seeds.add(Files.readAllBytes(file));
      }
    }
    return seeds;
  }

  /** A copy with one to four changes. */
  public static byte[] of(byte[] seed, RandomGenerator random) {
    byte[] bytes = seed.clone();
    for (int changes = 1 + random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
      int at = random.nextInt(bytes.length);
      bytes =
          switch (random.nextInt(8)) {
            case 0 -> flipped(bytes, at, random);
            case 1 -> numbered(bytes, at, random);
            case 2 -> spliced(bytes, at, Math.min(bytes.length, at + length(random)), new byte[0]);
            case 3 -> repeated(bytes, at, random);
            case 4 -> Arrays.copyOf(bytes, at);
            default -> reworded(bytes, at, random);
          };
    }
    return bytes;
  }

  private static int length(RandomGenerator random) {
    return 1 + random.nextInt(1 << random.nextInt(1, 6));
  }

  private static byte[] flipped(byte[] bytes, int at, RandomGenerator random) {
    bytes[at] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }

  private static byte[] numbered(byte[] bytes, int at, RandomGenerator random) {
    ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    long number = NUMBERS[random.nextInt(NUMBERS.length)];
    int width = 1 << random.nextInt(4);
    ByteBuffer whole = ByteBuffer.allocate(8).order(order).putLong(number);
    int from = order == ByteOrder.LITTLE_ENDIAN ? 0 : 8 - width;
    System.arraycopy(whole.array(), from, bytes, at, Math.min(width, bytes.length - at));
    return bytes;
  }

  private static byte[] repeated(byte[] bytes, int at, RandomGenerator random) {
    byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + length(random)));
    return spliced(bytes, at, at, piece);
  }

  /** Replaces the number or word of the text that goes on here. */
  private static byte[] reworded(byte[] bytes, int at, RandomGenerator random) {
    int from = at;
    while (from < bytes.length && !isWord(bytes[from])) {
      from++;
    }
    int to = from;
    while (to < bytes.length && isWord(bytes[to])) {
      to++;
    }
    String word = WORDS.get(random.nextInt(WORDS.size()));
    return spliced(bytes, from, to, word.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static boolean isWord(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '.'
        || b == '-';
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] with) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(with);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}
