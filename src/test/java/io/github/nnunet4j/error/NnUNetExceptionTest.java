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
}
