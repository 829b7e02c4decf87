package io.github.nnunet4j.network;

/** Where the parts of a residual block are; as nnU-Net v2 has it unless told otherwise. */
interface BlockPlaces {
  /** The three parts of a convolution block. */
  record Parts(Names convolution, Names normalization, Names nonlinearity) {
    static Parts of(Names block) {
      return new Parts(block.at("conv"), block.at("norm"), block.at("nonlin"));
    }
  }

  /** The parts of a convolution of a residual block, counted from 1. */
  default Parts parts(Names block, int number) {
    return Parts.of(block.at("conv" + number));
  }

  /** The parts of the convolution around a residual block. */
  default Parts around(Names block, boolean behindPooling) {
    return Parts.of(block.at("skip").at(behindPooling ? "1" : "0"));
  }
}
