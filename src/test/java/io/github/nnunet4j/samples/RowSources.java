package io.github.nnunet4j.samples;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The text of the rows in the files that are compiled: what a row hands over as it stands in the
 * source.
 */
public final class RowSources {
  private final SampleSource file;
  private final Words words;

  private RowSources(SampleSource file, Words words) {
    this.file = file;
    this.words = words;
  }

  /**
   * The methods that rows are made by.
   *
   * @param starts the factories, which are given the names of the classes
   * @param edits those whose last argument is a lambda to be shown
   */
  public record Words(Set<String> starts, Set<String> edits) {}

  /**
   * The expressions of one row.
   *
   * @param names the string arguments of the factory
   * @param edits method to the body of the lambda handed to it
   */
  public record Source(List<String> names, Map<String, String> edits) {}

  /** The rows in the file of a class, such as trainers/V1. */
  public static RowSources of(String type, Words words) {
    return new RowSources(SampleSource.of(type), words);
  }

  /** The rows of the file, in the order of the source. */
  public List<Source> rows() {
    List<Source> rows = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        Map<String, MethodInvocationTree> chain = chain(call);
        String first = chain.keySet().iterator().next();
        if (!words.starts.contains(first)) {
          return super.visitMethodInvocation(call, null);
        }
        rows.add(source(chain, chain.get(first)));
        return null;
      }
    }.scan(file.unit(), null);
    return rows;
  }

  /** The expressions in a method of the file: what a factory sets by itself. */
  public Map<String, String> editsIn(String factory) {
    Map<String, String> edits = new LinkedHashMap<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethod(MethodTree method, Void unused) {
        return method.getName().contentEquals(factory) ? super.visitMethod(method, null) : null;
      }

      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        chain(call).forEach((name, part) -> addEdit(name, part, edits));
        return null;
      }
    }.scan(file.unit(), null);
    return edits;
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
    if (words.edits.contains(name)) {
      ExpressionTree argument = call.getArguments().get(call.getArguments().size() - 1);
      if (!(argument instanceof LambdaExpressionTree lambda)) {
        throw new AssertionError("not a lambda: " + argument);
      }
      edits.put(name, oneLine(file.text(lambda.getBody())));
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

  /** Without the line breaks of the formatter. */
  private static String oneLine(String code) {
    return code.replaceAll("\\s*\\R\\s*(?=[.)])", "")
        .replaceAll("(?<=[(])\\s*\\R\\s*", "")
        .replaceAll("\\s*\\R\\s*", " ");
  }
}
