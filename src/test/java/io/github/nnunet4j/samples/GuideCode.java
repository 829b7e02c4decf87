package io.github.nnunet4j.samples;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Methods of the samples as they stand in the files that are compiled. */
public final class GuideCode {
  private GuideCode() {}

  /**
   * The text of all methods of a name, or of the whole class.
   *
   * @param place such as EditingAPlan.variants, DilatedNetwork or trainers/V1
   */
  public static String of(String place) {
    int dot = place.indexOf('.');
    SampleSource source = SampleSource.of(dot < 0 ? place : place.substring(0, dot));
    List<? extends Tree> trees =
        dot < 0 ? source.unit().getTypeDecls() : members(source.unit(), place.substring(dot + 1));
    if (trees.isEmpty()) {
      throw new AssertionError("no " + place + " among the samples");
    }
    return trees.stream().map(source::lines).collect(Collectors.joining("\n\n"));
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
        return super.visitClass(type, null);
      }
    }.scan(unit, null);
    return members;
  }
}
