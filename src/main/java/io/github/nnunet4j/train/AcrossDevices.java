package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.train.Oversamplings.LastPart;
import java.util.random.RandomGenerator;

/** Forced samples when nnU-Net v2 shares a batch out among devices. */
record AcrossDevices(double fraction, int devices) implements Oversampling {
  AcrossDevices {
    Checks.probability(fraction, "fraction");
    Checks.positive(devices, "devices");
  }

  /** The samples of one device: from low to before high. */
  record Share(int low, int high) {
    int size() {
      return high - low;
    }
  }

  /** The parts of a batch, the larger ones first. */
  static Share share(int batchSize, int devices, int device) {
    int size = batchSize / devices;
    int larger = batchSize % devices;
    int low = device * size + Math.min(device, larger);
    return new Share(low, low + size + (device < larger ? 1 : 0));
  }

  /** The fraction that a device applies to its own samples. */
  double fraction(Share share, int batchSize) {
    double unforced = 1 - fraction;
    if ((double) share.high() / batchSize < unforced) {
      return 0;
    }
    if ((double) share.low() / batchSize > unforced) {
      return 1;
    }
    int forced = new LastPart(fraction).count(share.low(), share.high(), batchSize);
    return (double) forced / share.size();
  }

  @Override
  public boolean forced(int index, int batchSize, RandomGenerator random) {
    Checks.argument(
        batchSize >= devices, "a batch of %d does not suffice for %d devices", batchSize, devices);
    int device = 0;
    while (share(batchSize, devices, device).high() <= index) {
      device++;
    }
    Share share = share(batchSize, devices, device);
    return new LastPart(fraction(share, batchSize)).forced(index - share.low(), share.size());
  }

  @Override
  public String toString() {
    return "acrossDevices(" + fraction + ", " + devices + ")";
  }
}
