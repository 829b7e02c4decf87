package io.github.nnunet4j.samples;

import io.github.nnunet4j.laws.NonlinearityLaws;
import io.github.nnunet4j.network.Nonlinearity;

class OwnNonlinearityLawsTest extends NonlinearityLaws {
  @Override
  protected Nonlinearity nonlinearity() {
    return new OwnNonlinearity();
  }
}
