package io.github.nnunet4j.samples;

import io.github.nnunet4j.laws.InitializationLaws;
import io.github.nnunet4j.network.Initialization;

class OwnInitializationLawsTest extends InitializationLaws {
  @Override
  protected Initialization initialization() {
    return new OwnInitialization(Math.sqrt(2));
  }
}
