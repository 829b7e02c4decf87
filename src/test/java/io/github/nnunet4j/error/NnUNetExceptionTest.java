package io.github.nnunet4j.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NnUNetExceptionTest {
  private static Problem at(String where) {
    return new Problem(where, "this", "that", "Mend it.");
  }

  @Test
  void tellsAllProblemsFromFurtherOut() {
    List<Problem> problems = List.of(at("file x"), at("case 1: y"), at("case 1, z"), at("case 10"));
    DatasetException inner = new DatasetException(problems);
    DatasetException outer = new DatasetException(inner.within("case 1"), inner);
    assertThat(outer.problems())
        .extracting(Problem::where)
        .containsExactly("case 1: file x", "case 1: y", "case 1, z", "case 1: case 10");
    assertThat(outer).hasCause(inner);
    assertThat(outer.getMessage().lines()).hasSize(4);
  }

  @Test
  void tellsAtLeastOneProblem() {
    assertThatThrownBy(() -> new PlanException(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysCommonAdviceOnceAtItsEnd() {
    Problem other = new Problem("c", "this", "that", "Mend another one.");
    assertThat(new PlanException(List.of(at("a"), at("b"), other)))
        .hasMessage(
            """
            a: expected this, found that.
            b: expected this, found that. Mend it.
            c: expected this, found that. Mend another one.\
            """);
  }

  @Test
  void callsALambdaByTheClassItIsWrittenIn() {
    Runnable lambda = () -> {};
    String name = "a lambda of class " + NnUNetExceptionTest.class.getName();
    assertThat(Problem.nameOf(lambda)).isEqualTo(name);
    assertThat(Problem.nameOf("chain[" + lambda + ", " + lambda + "]"))
        .isEqualTo("chain[" + name + ", " + name + "]");
    Problem problem = new Problem("loss " + lambda, "x", String.valueOf(lambda), "Mend it.");
    assertThat(problem.where()).isEqualTo("loss " + name);
    assertThat(problem.toString()).doesNotContain("$$Lambda", "@");
    assertThat(Problem.nameOf(3)).isEqualTo("3");
  }
}
