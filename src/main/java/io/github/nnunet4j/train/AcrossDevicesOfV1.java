package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.train.AcrossDevices.Share;
import io.github.nnunet4j.train.Oversamplings.LastPart;
import java.util.random.RandomGenerator;

/** Forced samples when nnU-Net v1 shares a batch out among devices. */
record AcrossDevicesOfV1(double fraction, int devices) implements Oversampling {
  AcrossDevicesOfV1 {
    Checks.probability(fraction, "fraction");
    Checks.positive(devices, "devices");
  }

  /** The division rounded up; the last device gets what is left. */
  static Share share(int batchSize, int devices, int device) {
    int size = (batchSize + devices - 1) / devices;
    Checks.argument(
        batchSize > size * (devices - 1),
        "a batch of %d leaves nothing for the last of %d devices",
        batchSize,
        devices);
    return new Share(device * size, Math.min(batchSize, (device + 1) * size));
  }

  /** The fraction that a device applies to its own samples. */
  double fraction(Share share, int batchSize) {
    double unforced = 1 - fraction;
    double low = (double) share.low() / batchSize;
    double high = (double) share.high() / batchSize;
    if (high < unforced) {
      return 0;
    }
    if (low > unforced) {
      return 1;
    }
    return 1 - (unforced - low) / (high - low);
  }

  @Override
  public boolean forced(int index, int batchSize, RandomGenerator random) {
    int device = index / share(batchSize, devices, 0).size();
    Share share = share(batchSize, devices, device);
    return new LastPart(fraction(share, batchSize)).forced(index - share.low(), share.size());
  }

  @Override
  public String toString() {
    return "acrossDevicesOfV1(" + fraction + ", " + devices + ")";
  }
}
