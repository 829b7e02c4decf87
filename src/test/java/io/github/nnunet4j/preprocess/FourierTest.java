package io.github.nnunet4j.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FourierTest {
  @Test
  void transformsAsTheDefinitionSays() {
    for (int n : new int[] {1, 2, 8, 64}) {
      double[] re = new Random(n).doubles(n, -1, 1).toArray();
      double[] im = new Random(n + 1).doubles(n, -1, 1).toArray();
      double[] gotRe = re.clone();
      double[] gotIm = im.clone();
      new Fourier(n).forward(gotRe, gotIm);
      for (int k = 0; k < n; k++) {
        double wantRe = 0;
        double wantIm = 0;
        for (int m = 0; m < n; m++) {
          double angle = -2 * Math.PI * k * m / n;
          wantRe += re[m] * Math.cos(angle) - im[m] * Math.sin(angle);
          wantIm += re[m] * Math.sin(angle) + im[m] * Math.cos(angle);
        }
        assertThat(gotRe[k]).isCloseTo(wantRe, within(1e-12));
        assertThat(gotIm[k]).isCloseTo(wantIm, within(1e-12));
      }
      new Fourier(n).inverse(gotRe, gotIm);
      for (int m = 0; m < n; m++) {
        assertThat(gotRe[m]).isCloseTo(re[m], within(1e-14));
        assertThat(gotIm[m]).isCloseTo(im[m], within(1e-14));
      }
    }
  }
}
