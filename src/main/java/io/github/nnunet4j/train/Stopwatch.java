package io.github.nnunet4j.train;

/** Time since it was made or restarted. */
final class Stopwatch {
  private long begin = System.nanoTime();

  double seconds() {
    return (System.nanoTime() - begin) / 1e9;
  }

  void restart() {
    begin = System.nanoTime();
  }
}
