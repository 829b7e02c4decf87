package io.github.nnunet4j.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An operation that DJL lacks, for training: the engine runs it from a TorchScript archive of a
 * single method, which is written here. Where the archive cannot be loaded it is not ready, and
 * operations of DJL must do.
 */
final class TorchScript {
  private static final Logger LOG = LoggerFactory.getLogger(TorchScript.class);

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
          %s) -> Tensor:
          return %s
      """;

  private final String text;
  private @Nullable PtSymbolBlock module;

  /**
   * An operation.
   *
   * @param arguments names of the arrays that go in
   * @param expression of these names, with the functions of torch
   */
  TorchScript(List<String> arguments, String expression) {
    text =
        TEXT.formatted(
            arguments.stream().map(name -> name + ": Tensor").collect(Collectors.joining(", ")),
            expression);
  }

  /** Makes it ready; the manager will own it. */
  void load(NDManager manager) {
    try {
      if (manager instanceof PtNDManager engine) {
        module = JniUtils.loadModule(engine, new ByteArrayInputStream(archive()), false, false);
      }
    } catch (EngineException | IOException e) {
      LOG.info("an operation takes more time or memory here: {}", e.toString());
    }
  }

  boolean isReady() {
    return module != null;
  }

  /** The result, in the manager of the first argument. */
  NDArray apply(ParameterStore store, NDArray... arguments) {
    PtSymbolBlock block = module;
    if (block == null) {
      throw new IllegalStateException("not loaded");
    }
    NDArray[] given = new NDArray[arguments.length];
    try {
      for (int i = 0; i < given.length; i++) {
        given[i] = nameless(arguments[i]);
      }
      return block.forward(store, new NDList(given), true).singletonOrThrow();
    } finally {
      for (int i = 0; i < given.length && given[i] != null; i++) {
        Layer.closeUnless(given[i], arguments[i], arguments[i]);
      }
    }
  }

  /** The engine takes a name with dots, as a parameter's, for a place in a dictionary. */
  private static NDArray nameless(NDArray x) {
    return x.getName() == null ? x : x.reshape(x.getShape());
  }

  private byte[] archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "data.pkl", OBJECT);
      put(zip, "code/__torch__.py", text);
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
