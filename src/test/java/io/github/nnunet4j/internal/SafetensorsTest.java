package io.github.nnunet4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.internal.Safetensors.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  @TempDir Path folder;

  @Test
  void readsBackWhatItWroteInOrder() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("z", Tensor.of(new float[] {1.5f, -2, Float.NaN, 1e-40f}, 2, 2));
    tensors.put("a", Tensor.of(new float[0], 0, 3));
    Path file = folder.resolve("x.safetensors");
    Safetensors.write(file, tensors, Map.of("who", "test"));

    Safetensors.Content content = Safetensors.read(file);

    assertThat(content.tensors().keySet()).containsExactly("z", "a");
    assertThat(content.metadata()).containsExactly(Map.entry("who", "test"));
    assertThat(content.get("z").floats()).containsExactly(1.5f, -2, Float.NaN, 1e-40f);
    assertThat(content.get("z").extents()).containsExactly(2, 2);
    assertThat(content.get("a").size()).isZero();
    assertThatThrownBy(() -> content.get("b")).hasMessageContaining("[z, a]");
  }

  @Test
  void convertsEveryNumberType() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("F64", raw("F64", 8, b -> b.putDouble(1.25)));
    tensors.put("F16", raw("F16", 2, b -> b.putShort((short) 0xc100)));
    tensors.put("I64", raw("I64", 8, b -> b.putLong(-7)));
    tensors.put("I32", raw("I32", 4, b -> b.putInt(-7)));
    tensors.put("U32", raw("U32", 4, b -> b.putInt(-1)));
    tensors.put("I16", raw("I16", 2, b -> b.putShort((short) -7)));
    tensors.put("U16", raw("U16", 2, b -> b.putShort((short) -1)));
    tensors.put("I8", raw("I8", 1, b -> b.put((byte) -7)));
    tensors.put("U8", raw("U8", 1, b -> b.put((byte) -1)));
    tensors.put("BOOL", raw("BOOL", 1, b -> b.put((byte) 1)));
    Path file = folder.resolve("types.safetensors");
    Safetensors.write(file, tensors, Map.of());
    Safetensors.Content content = Safetensors.read(file);
    double[] values =
        tensors.keySet().stream().mapToDouble(k -> content.get(k).doubles()[0]).toArray();
    assertThat(values).containsExactly(1.25, -2.5, -7, -7, 4294967295.0, -7, 65535, -7, 255, 1);
    assertThat(content.get("I16").ints()).containsExactly(-7);
    assertThat(content.get("F64").floats()).containsExactly(1.25f);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,80]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F99\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[6],\"data_offsets\":[0,6]},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{}",
        "[1,2]",
        "not json at all"
      })
  void refusesHeadersThatLie(String header) throws IOException {
    Path file = folder.resolve("bad.safetensors");
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(text.length).put(text).array());
    assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 100, Long.MAX_VALUE})
  void refusesHeaderLengthsThatDoNotFitTheFile(long length) throws IOException {
    Path file = folder.resolve("bad.safetensors");
    ByteBuffer bytes = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    Files.write(file, bytes.array());
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("header length");
  }

  private static Tensor raw(String type, int bytes, java.util.function.Consumer<ByteBuffer> put) {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    put.accept(buffer);
    return new Tensor(type, List.of(1L), buffer.flip());
  }
}
