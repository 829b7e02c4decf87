package io.github.nnunet4j.samples.trainers;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The text of the rows in the files that are compiled: what a row hands over as it stands in the
 * source.
 */
final class RowSources {
  private static final Path FOLDER = Path.of("samples/java/io/github/nnunet4j/samples/trainers");
  private static final Set<String> STARTS = Set.of("v1", "v2", "none");
  private static final Set<String> EDITS = Set.of("configuration", "training", "firstStage");

  private final String text;
  private final CompilationUnitTree unit;
  private final SourcePositions positions;

  private RowSources(String text, CompilationUnitTree unit, SourcePositions positions) {
    this.text = text;
    this.unit = unit;
    this.positions = positions;
  }

  /**
   * The expressions of one row.
   *
   * @param names the string arguments of v1, v2 or none
   * @param edits method of {@link TrainerRow} to the body of the lambda handed to it
   */
  record Source(List<String> names, Map<String, String> edits) {}

  static RowSources of(String simpleName) {
    try {
      Path file = FOLDER.resolve(simpleName + ".java");
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
        JavacTask task =
            (JavacTask)
                compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(file));
        CompilationUnitTree unit = task.parse().iterator().next();
        return new RowSources(
            Files.readString(file), unit, Trees.instance(task).getSourcePositions());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of the file, in the order of the source. */
  List<Source> rows() {
    List<Source> rows = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        Map<String, MethodInvocationTree> chain = chain(call);
        String first = chain.keySet().iterator().next();
        if (!STARTS.contains(first)) {
          return super.visitMethodInvocation(call, null);
        }
        rows.add(source(chain, chain.get(first)));
        return null;
      }
    }.scan(unit, null);
    return rows;
  }

  /** What {@link TrainerRow#v1} or v2 sets by itself. */
  static Map<String, String> defaults(String factory) {
    RowSources sources = RowSources.of("TrainerRow");
    Map<String, String> edits = new LinkedHashMap<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethod(MethodTree method, Void unused) {
        return method.getName().contentEquals(factory) ? super.visitMethod(method, null) : null;
      }

      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        chain(call).forEach((name, part) -> sources.addEdit(name, part, edits));
        return null;
      }
    }.scan(sources.unit, null);
    return edits;
  }

  /** The class without its package, imports and its comment, as it stands in the file. */
  String body() {
    ClassTree type = (ClassTree) unit.getTypeDecls().get(0);
    return text(type).strip();
  }

  private Source source(Map<String, MethodInvocationTree> chain, MethodInvocationTree start) {
    List<String> names =
        start.getArguments().stream()
            .filter(LiteralTree.class::isInstance)
            .map(argument -> (String) ((LiteralTree) argument).getValue())
            .toList();
    Map<String, String> edits = new LinkedHashMap<>();
    chain.forEach((name, part) -> addEdit(name, part, edits));
    return new Source(names, edits);
  }

  private void addEdit(String name, MethodInvocationTree call, Map<String, String> edits) {
    if (EDITS.contains(name)) {
      ExpressionTree argument = call.getArguments().get(0);
      if (!(argument instanceof LambdaExpressionTree lambda)) {
        throw new AssertionError("not a lambda: " + argument);
      }
      edits.put(name, oneLine(text(lambda.getBody())));
    }
  }

  /** The calls of a chain such as {@code a().b().c()}, by name from the first on. */
  private static Map<String, MethodInvocationTree> chain(MethodInvocationTree last) {
    List<MethodInvocationTree> calls = new ArrayList<>(List.of(last));
    ExpressionTree select = last.getMethodSelect();
    while (select instanceof MemberSelectTree member
        && member.getExpression() instanceof MethodInvocationTree before) {
      calls.add(0, before);
      select = before.getMethodSelect();
    }
    Map<String, MethodInvocationTree> byName = new LinkedHashMap<>();
    for (MethodInvocationTree call : calls) {
      byName.put(name(call), call);
    }
    return byName;
  }

  private static String name(MethodInvocationTree call) {
    Tree select = call.getMethodSelect();
    return select instanceof IdentifierTree identifier
        ? identifier.getName().toString()
        : ((MemberSelectTree) select).getIdentifier().toString();
  }

  private String text(Tree tree) {
    return text.substring(
        Math.toIntExact(positions.getStartPosition(unit, tree)),
        Math.toIntExact(positions.getEndPosition(unit, tree)));
  }

  /** Without the line breaks of the formatter. */
  private static String oneLine(String code) {
    return code.replaceAll("\\s*\\R\\s*(?=[.)])", "")
        .replaceAll("(?<=[(])\\s*\\R\\s*", "")
        .replaceAll("\\s*\\R\\s*", " ");
  }
}
