package io.github.nnunet4j.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.error.ImageException;
import io.github.nnunet4j.image.ImageFormat;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.internal.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which reader of the reference stands for a file ending, and which format reads it here. */
class ReaderChoiceTest {
  /** The reference refuses these, our formats read them. */
  private static final List<String> MORE = List.of(".mhd", ".hdr");

  /** SimpleITK reads it, we do not. */
  private static final List<String> LESS = List.of(".gipl");

  static Stream<JsonNode> endings() throws IOException {
    Path file = Path.of("src/test/resources/golden/image-io/files.json");
    return StreamSupport.stream(Json.read(file).get("reader_choice").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("endings")
  void plansNameTheReaderOfTheReference(JsonNode choice) {
    String wanted = choice.get("without_file").textValue();
    String ending = choice.get("ending").textValue();
    // for what the reference cannot read at all, the most general
    assertThat(PlannerInput.reader(ending))
        .isEqualTo(wanted.startsWith("error") ? "SimpleITKIO" : wanted);
  }

  @ParameterizedTest
  @MethodSource("endings")
  void aFormatOfTheSameKindTakesTheFile(JsonNode choice) throws IOException {
    String wanted = choice.get("without_file").textValue();
    String ending = choice.get("ending").textValue();
    Path file = Path.of("no-such-folder", "case_0000" + ending);
    boolean refused = wanted.startsWith("error") ? !MORE.contains(ending) : LESS.contains(ending);
    if (refused) {
      assertThatThrownBy(() -> ImageFormats.forFile(file, ImageFormats.all()))
          .isInstanceOf(ImageException.class);
      return;
    }
    ImageFormat chosen = ImageFormats.forFile(file, ImageFormats.all());
    assertThat(chosen).hasSameClassAs(expected(wanted, ending.toLowerCase(Locale.ROOT)));
  }

  private static ImageFormat expected(String reader, String ending) {
    return switch (reader) {
      case "NaturalImage2DIO" -> ImageFormats.naturalImage2d();
      case "Tiff3DIO" -> ImageFormats.tiff3d();
      case "NibabelIO" -> ImageFormats.nifti();
      default ->
          switch (ending) {
            case ".nrrd" -> ImageFormats.nrrd();
            case ".mha", ".mhd" -> ImageFormats.metaImage();
            default -> ImageFormats.nifti();
          };
    };
  }
}
