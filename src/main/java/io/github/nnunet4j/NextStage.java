package io.github.nnunet4j;

import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.infer.Logits;
import io.github.nnunet4j.infer.Predictor;
import io.github.nnunet4j.preprocess.StageStore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a fold's predictions for the cases it holds out go so that the next stage can train on
 * them.
 *
 * @param predictions the store; none if there is no next stage
 * @param grids the next stage's network grid of each case that this fold answers for
 */
record NextStage(@Nullable StageStore predictions, Map<String, Grid> grids) {
  /** No next stage. */
  static final NextStage NONE = new NextStage(null, Map.of());

  boolean holds(List<String> ids) {
    StageStore store = predictions;
    return store == null || ids.stream().filter(grids::containsKey).allMatch(store::holds);
  }

  void store(String id, Predictor predictor, Logits logits) {
    StageStore store = predictions;
    Grid grid = grids.get(id);
    if (store != null && grid != null) {
      store.write(id, predictor.labels(logits, grid));
    }
  }
}
