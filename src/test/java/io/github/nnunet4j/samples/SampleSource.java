package io.github.nnunet4j.samples;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A file of the samples: its text and its syntax tree. */
final class SampleSource {
  private static final Path FOLDER = Path.of("samples/java/io/github/nnunet4j/samples");

  private final String text;
  private final CompilationUnitTree unit;
  private final SourcePositions positions;

  private SampleSource(String text, CompilationUnitTree unit, SourcePositions positions) {
    this.text = text;
    this.unit = unit;
    this.positions = positions;
  }

  /** The file of a class, such as OwnLoss or trainers/V1. */
  static SampleSource of(String type) {
    Path file = FOLDER.resolve(type + ".java");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options = List.of("-proc:none");
      JavacTask task =
          (JavacTask)
              compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(file));
      CompilationUnitTree unit = task.parse().iterator().next();
      return new SampleSource(
          Files.readString(file), unit, Trees.instance(task).getSourcePositions());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CompilationUnitTree unit() {
    return unit;
  }

  /** What a tree was read from. */
  String text(Tree tree) {
    return text.substring(start(tree), end(tree));
  }

  /** The lines that a tree was read from, moved to the left. */
  String lines(Tree tree) {
    return text.substring(text.lastIndexOf('\n', start(tree)) + 1, end(tree)).stripIndent();
  }

  private int start(Tree tree) {
    return Math.toIntExact(positions.getStartPosition(unit, tree));
  }

  private int end(Tree tree) {
    return Math.toIntExact(positions.getEndPosition(unit, tree));
  }
}
