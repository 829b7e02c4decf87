package io.github.nnunet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class MirroringTest {
  @Test
  void combinesAllAxes() {
    List<List<Integer>> passes = Mirroring.all().passes(3);
    assertThat(passes).hasSize(8).startsWith(List.of());
    assertThat(new HashSet<>(passes)).hasSize(8);
    assertThat(Mirroring.all().passes(2))
        .containsExactlyInAnyOrder(List.of(), List.of(0), List.of(1), List.of(0, 1));
  }

  @Test
  void combinesOnlyTheGivenAxes() {
    assertThat(Mirroring.axes(2, 0).passes(3))
        .containsExactlyInAnyOrder(List.of(), List.of(0), List.of(2), List.of(0, 2));
    assertThat(Mirroring.none().passes(3)).containsExactly(List.of());
    assertThat(Mirroring.axes(0, 2).axesFor(3)).containsExactly(0, 2);
  }

  @Test
  void refusesAxesThatAreNotThere() {
    assertThatIllegalArgumentException().isThrownBy(() -> Mirroring.axes(3));
    assertThatIllegalArgumentException().isThrownBy(() -> Mirroring.axes(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Mirroring.axes(2).passes(2));
  }

  @Test
  void isAValue() {
    assertThat(Mirroring.axes(2, 0)).isEqualTo(Mirroring.axes(0, 2)).hasToString("Mirroring[0, 2]");
    assertThat(Mirroring.all()).hasToString("Mirroring[all axes]");
    assertThat(Mirroring.all()).isNotEqualTo(Mirroring.axes(0, 1, 2));
    assertThat(Mirroring.none()).hasSameHashCodeAs(Mirroring.axes());
  }
}
