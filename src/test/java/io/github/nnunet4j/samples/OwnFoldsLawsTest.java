package io.github.nnunet4j.samples;

import io.github.nnunet4j.dataset.FoldStrategy;
import io.github.nnunet4j.laws.FoldStrategyLaws;
import java.util.List;

class OwnFoldsLawsTest extends FoldStrategyLaws {
  @Override
  protected FoldStrategy folds() {
    return OwnFolds.byPatient(3);
  }

  @Override
  protected List<String> ids() {
    return List.of("anna_1", "anna_2", "bert_1", "carl_1", "carl_2", "dora");
  }
}
