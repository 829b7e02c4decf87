package io.github.nnunet4j.samples;

import io.github.nnunet4j.dataset.FoldStrategy;
import io.github.nnunet4j.dataset.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Folds of one's own: all images of a patient stay on one side. The patient is what the case id
 * says before its last underscore, as in {@code patient7_followup}.
 */
public final class OwnFolds {
  private OwnFolds() {}

  /** The patients are dealt out to the folds in turn. */
  public static FoldStrategy byPatient(int folds) {
    return ids -> {
      List<String> patients = ids.stream().map(OwnFolds::patient).distinct().toList();
      return IntStream.range(0, folds)
          .mapToObj(
              fold -> {
                List<String> training = new ArrayList<>(ids);
                List<String> validation =
                    ids.stream()
                        .filter(id -> patients.indexOf(patient(id)) % folds == fold)
                        .toList();
                training.removeAll(validation);
                return new Split(training, validation);
              })
          .toList();
    };
  }

  private static String patient(String id) {
    int end = id.lastIndexOf('_');
    return end < 0 ? id : id.substring(0, end);
  }
}
