package io.github.nnunet4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonJsonWriterTest {
  /** Right-hand sides are what Python's repr gives. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "-0.0, -0.0",
    "1, 1.0",
    "-2.5, -2.5",
    "0.1, 0.1",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "1.5e-7, 1.5e-07",
    "123456789012345.6, 123456789012345.6",
    "1e15, 1000000000000000.0",
    "1e16, 1e+16",
    "1.2345678901234568e17, 1.2345678901234568e+17",
    "2e-323, 2e-323",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "2e23, 2e+23",
    "NaN, NaN",
    "Infinity, Infinity",
    "-Infinity, -Infinity"
  })
  void writesFloatsAsPython(double value, String expected) {
    assertThat(PythonJsonWriter.number(value)).isEqualTo(expected);
  }

  @Property
  void floatsAreReadBackExactly(@ForAll double value) {
    assertThat(Double.parseDouble(PythonJsonWriter.number(value))).isEqualTo(value);
  }

  @Test
  void indentsAndEscapesAsPython() throws IOException {
    ObjectNode root = Json.object();
    root.put("ä \"q\" \\ \n\t", "€\u007f\b\f\r\u0001");
    root.putArray("empty");
    root.putObject("none");
    root.putArray("list").add(1).add(true).addNull().add(2.5f);
    assertThat(Json.text(root))
        .isEqualTo(
            """
            {
                "\\u00e4 \\"q\\" \\\\ \\n\\t": "\\u20ac\\u007f\\b\\f\\r\\u0001",
                "empty": [],
                "none": {},
                "list": [
                    1,
                    true,
                    null,
                    2.5
                ]
            }""");
    assertThat(Json.parse(Json.text(root))).hasToString(root.toString());
  }
}
