package io.github.nnunet4j.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import io.github.nnunet4j.internal.Checks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaky ReLU that overwrites its argument, for training: the gradient then needs the result alone,
 * so that two arrays per convolution are kept until the backward pass in place of three. DJL has no
 * such operation; the engine runs it from a TorchScript archive of a single method, which is
 * written here. Values and gradients are bit for bit those of {@link Nonlinearities.LeakyRelu},
 * which is used where the archive cannot be loaded, and for negative slopes: there the result does
 * not tell the sign of the argument.
 */
final class InPlaceLeakyRelu {
  private static final Logger LOG = LoggerFactory.getLogger(InPlaceLeakyRelu.class);

  // a pickled object without state but "training": False, of the class that the text below defines
  private static final String OBJECT =
      "\u0080\u0002c__torch__\nOps\nq\0)\u0081}(X\b\0\0\0trainingq\u0001\u0089ubq\u0002.";
  private static final String NO_CONSTANTS = "\u0080\u0002).";
  private static final String TEXT =
      """
      class Ops(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def forward(self: __torch__.Ops,
          x: Tensor) -> Tensor:
          return torch.leaky_relu_(x, %s)
      """;

  private final double slope;
  private @Nullable PtSymbolBlock module;

  InPlaceLeakyRelu(double slope) {
    Checks.argument(slope >= 0, "the slope must not be negative, was %s", slope);
    this.slope = slope;
  }

  /** Makes it ready; the manager will own it. */
  void load(NDManager manager) {
    try {
      if (manager instanceof PtNDManager engine) {
        module = JniUtils.loadModule(engine, new ByteArrayInputStream(archive()), false, false);
      }
    } catch (EngineException | IOException e) {
      LOG.info("leaky ReLU takes more memory here: {}", e.toString());
    }
  }

  boolean isReady() {
    return module != null;
  }

  /** The argument, overwritten, under another handle; both are to be closed. */
  NDArray apply(ParameterStore store, NDArray x) {
    PtSymbolBlock block = module;
    if (block == null) {
      throw new IllegalStateException("not loaded");
    }
    return block.forward(store, new NDList(x), true).singletonOrThrow();
  }

  private byte[] archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "data.pkl", OBJECT);
      put(zip, "code/__torch__.py", TEXT.replace("%s", Double.toString(slope)));
      put(zip, "constants.pkl", NO_CONSTANTS);
      put(zip, "version", "3\n");
    }
    return bytes.toByteArray();
  }

  /** Uncompressed, as the engine wants it. */
  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 sum = new CRC32();
    sum.update(content);
    ZipEntry entry = new ZipEntry("ops/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(sum.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
