package io.github.nnunet4j.network;

/** Where the reference keeps the parts of a U-Net. */
abstract class TorchPlaces implements BlockPlaces {
  final UNet net;
  final Names root;

  TorchPlaces(UNet net, Names root) {
    this.net = net;
    this.root = root;
  }

  static TorchPlaces of(UNet net, Names root) {
    return switch (net.style().naming()) {
      case V2 -> new V2(net, root);
      case V1_GENERIC -> new Generic(net, root);
      case V1_RESIDUAL -> new Fabians(net, root);
    };
  }

  abstract Parts stem();

  abstract Names encoderBlock(int stage, int block);

  /** Decoder stages count from the lowest resolution, as torch numbers them. */
  abstract Names decoderBlock(int stage, int block);

  abstract Names upsampling(int stage);

  abstract Names head(int stage);

  /** The parts of a plain block. */
  Parts parts(Names block) {
    return Parts.of(block);
  }

  /** Name of a child that is a number. */
  static Names at(Names names, int number) {
    return names.at(Integer.toString(number));
  }

  private static final class V2 extends TorchPlaces {
    V2(UNet net, Names root) {
      super(net, root);
    }

    @Override
    Parts stem() {
      return Parts.of(root.at("encoder").at("stem").at("convs").at("0"));
    }

    @Override
    Names encoderBlock(int stage, int block) {
      Names names = at(root.at("encoder").at("stages"), stage);
      boolean pooled = net.style().downsampling() != UNetStyle.Downsampling.STRIDED;
      if (net.encoder() == UNet.Encoder.RESIDUAL) {
        // a pooling of stride 1 stands there as well
        return at((pooled ? names.at("1") : names).at("blocks"), block);
      }
      boolean pools = pooled && net.strides().get(stage).stream().anyMatch(s -> s != 1);
      return at(names.at(pools ? "1" : "0").at("convs"), block);
    }

    @Override
    Names decoderBlock(int stage, int block) {
      String kind = net.style().decoder().residual() ? "blocks" : "convs";
      return at(at(root.at("decoder").at("stages"), stage).at(kind), block);
    }

    @Override
    Names upsampling(int stage) {
      return at(root.at("decoder").at("transpconvs"), stage);
    }

    @Override
    Names head(int stage) {
      return at(root.at("decoder").at("seg_layers"), stage);
    }
  }

  /** The last block of the lowest and of the decoder stages stands in a sequence of its own. */
  private static final class Generic extends TorchPlaces {
    Generic(UNet net, Names root) {
      super(net, root);
    }

    @Override
    Parts stem() {
      throw new IllegalStateException("a generic U-Net has no stem");
    }

    @Override
    Names encoderBlock(int stage, int block) {
      Names names = at(root.at("conv_blocks_context"), stage);
      return stage == net.stages() - 1
          ? divided(names, block, net.encoderBlocks().get(stage))
          : at(names.at("blocks"), block);
    }

    @Override
    Names decoderBlock(int stage, int block) {
      Names names = at(root.at("conv_blocks_localization"), stage);
      return divided(names, block, net.decoderBlocks().get(stage));
    }

    private static Names divided(Names names, int block, int blocks) {
      return block == blocks - 1
          ? names.at("1").at("blocks").at("0")
          : at(names.at("0").at("blocks"), block);
    }

    @Override
    Names upsampling(int stage) {
      return at(root.at("tu"), stage);
    }

    @Override
    Names head(int stage) {
      return at(root.at("seg_outputs"), stage);
    }

    @Override
    Parts parts(Names block) {
      return new Parts(block.at("conv"), block.at("instnorm"), block.at("lrelu"));
    }
  }

  private static final class Fabians extends TorchPlaces {
    Fabians(UNet net, Names root) {
      super(net, root);
    }

    @Override
    Parts stem() {
      Names encoder = root.at("encoder");
      return new Parts(
          encoder.at("initial_conv"), encoder.at("initial_norm"), encoder.at("initial_nonlin"));
    }

    @Override
    Names encoderBlock(int stage, int block) {
      return at(at(root.at("encoder").at("stages"), stage).at("convs"), block);
    }

    @Override
    Names decoderBlock(int stage, int block) {
      return at(at(root.at("decoder").at("stages"), stage).at("convs"), block);
    }

    @Override
    Names upsampling(int stage) {
      return at(root.at("decoder").at("tus"), stage);
    }

    @Override
    Names head(int stage) {
      Names decoder = root.at("decoder");
      return stage == net.stages() - 2
          ? decoder.at("segmentation_output")
          : at(decoder.at("deep_supervision_outputs"), stage);
    }

    @Override
    public Parts parts(Names block, int number) {
      return new Parts(
          block.at("conv" + number), block.at("norm" + number), block.at("nonlin" + number));
    }

    @Override
    public Parts around(Names block, boolean behindPooling) {
      Names skip = block.at("downsample_skip");
      return new Parts(skip.at("0"), skip.at("1"), skip.at("2"));
    }
  }
}
