package io.github.nnunet4j.samples;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Methods of the samples as they stand in the files that are compiled. */
final class GuideCode {
  private static final Path FOLDER = Path.of("samples/java/io/github/nnunet4j/samples");

  private GuideCode() {}

  /**
   * The text of all methods of a name, or of the whole class.
   *
   * @param place such as EditingAPlan.variants or DilatedNetwork
   */
  static String of(String place) throws IOException {
    int dot = place.indexOf('.');
    String type = dot < 0 ? place : place.substring(0, dot);
    String text = Files.readString(FOLDER.resolve(type + ".java"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjects(FOLDER.resolve(type + ".java")));
      CompilationUnitTree unit = task.parse().iterator().next();
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      List<String> parts = new ArrayList<>();
      for (Tree tree : dot < 0 ? unit.getTypeDecls() : members(unit, place.substring(dot + 1))) {
        int from = Math.toIntExact(positions.getStartPosition(unit, tree));
        int to = Math.toIntExact(positions.getEndPosition(unit, tree));
        int line = text.lastIndexOf('\n', from) + 1;
        parts.add(text.substring(line, to).stripIndent());
      }
      if (parts.isEmpty()) {
        throw new AssertionError("no " + place + " among the samples");
      }
      return String.join("\n\n", parts);
    }
  }

  private static List<Tree> members(CompilationUnitTree unit, String name) {
    List<Tree> members = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethod(MethodTree method, Void unused) {
        if (method.getName().contentEquals(name)) {
          members.add(method);
        }
        return null;
      }

      @Override
      public Void visitClass(ClassTree type, Void unused) {
        if (type.getSimpleName().contentEquals(name)) {
          members.add(type);
        }
        return super.visitClass(type, unused);
      }
    }.scan(unit, null);
    return members;
  }
}
