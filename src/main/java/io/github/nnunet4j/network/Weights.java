package io.github.nnunet4j.network;

import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.internal.Safetensors;
import io.github.nnunet4j.internal.Safetensors.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The learned numbers of a network: float32 tensors under torch's parameter names; immutable. */
public final class Weights {
  private final Map<String, Tensor> tensors;

  private Weights(Map<String, Tensor> tensors) {
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * An empty builder.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads a safetensors file of float32 tensors.
   *
   * @param file the file
   * @return the weights
   * @throws IOException if the file cannot be read
   * @throws ModelException if it is no safetensors file or holds other types
   */
  public static Weights read(Path file) throws IOException {
    Map<String, Tensor> tensors;
    try {
      tensors = Safetensors.read(file).tensors();
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw new ModelException(
          new Problem(
              file.toString(),
              "a safetensors file",
              String.valueOf(e.getMessage()),
              "Take the weights file of a model folder."),
          e);
    }
    tensors.forEach(
        (name, tensor) -> {
          if (!tensor.type().equals("F32")) {
            throw new ModelException(
                new Problem(
                    file + ", tensor " + name,
                    "type F32",
                    tensor.type(),
                    "Convert it to float32."));
          }
        });
    return new Weights(tensors);
  }

  /**
   * Writes a safetensors file, atomically.
   *
   * @param file replaced if there
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    Safetensors.write(file, tensors, Map.of());
  }

  /**
   * The parameter names.
   *
   * @return in the network's order
   */
  public Set<String> names() {
    return tensors.keySet();
  }

  /**
   * The shape of one tensor.
   *
   * @param name one of the names
   * @return extents, slowest first
   */
  public List<Long> shape(String name) {
    return get(name).shape();
  }

  /**
   * The values of one tensor.
   *
   * @param name one of the names
   * @return a new array, row-major
   */
  public float[] values(String name) {
    return get(name).floats();
  }

  /**
   * A short text that tells these weights from others, such as for the description of a training.
   *
   * @return 16 hexadecimal digits that follow from names, shapes and numbers, whatever their order
   */
  public String digest() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
    new TreeMap<>(tensors)
        .forEach(
            (name, tensor) -> {
              digest.update((name + tensor.shape() + "\0").getBytes(StandardCharsets.UTF_8));
              digest.update(tensor.data().duplicate());
            });
    return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
  }

  private Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor " + name);
    }
    return tensor;
  }

  /**
   * Fails unless names and shapes are those expected.
   *
   * @throws ModelException listing what is missing, unexpected or of another shape
   */
  void requireShapes(Map<String, List<Long>> expected) {
    List<Problem> problems = new ArrayList<>();
    expected.forEach(
        (name, shape) -> {
          Tensor tensor = tensors.get(name);
          if (tensor == null) {
            problems.add(problem(name, "shape " + shape, "nothing"));
          } else if (!tensor.shape().equals(shape)) {
            problems.add(problem(name, "shape " + shape, "shape " + tensor.shape()));
          }
        });
    for (String name : tensors.keySet()) {
      if (!expected.containsKey(name)) {
        problems.add(problem(name, "no such parameter", "shape " + get(name).shape()));
      }
    }
    if (!problems.isEmpty()) {
      throw new ModelException(problems);
    }
  }

  private static Problem problem(String name, String expected, String found) {
    return new Problem(
        "weights, parameter " + name, expected, found, "Use the weights of the same network.");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Weights that && tensors.equals(that.tensors);
  }

  @Override
  public int hashCode() {
    return tensors.hashCode();
  }

  @Override
  public String toString() {
    return tensors.size()
        + " tensors, "
        + tensors.values().stream().mapToLong(Tensor::size).sum()
        + " numbers";
  }

  /** Collects named tensors. */
  public static final class Builder {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Adds a tensor.
     *
     * @param name torch's name
     * @param values row-major; copied
     * @param shape extents, slowest first
     * @return this builder
     */
    public Builder put(String name, float[] values, long... shape) {
      tensors.put(name, Tensor.of(values, shape));
      return this;
    }

    /**
     * Adds a tensor of other weights, which share it.
     *
     * @param name torch's name here
     * @param from where the tensor is
     * @param nameThere its name there
     * @return this builder
     * @throws IllegalArgumentException if there is no such tensor
     */
    public Builder take(String name, Weights from, String nameThere) {
      tensors.put(name, from.get(nameThere));
      return this;
    }

    /**
     * The weights.
     *
     * @return an immutable value
     */
    public Weights build() {
      return new Weights(tensors);
    }
  }
}
