package io.github.nnunet4j.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.internal.AtomicFiles;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.JsonView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Epoch results as lines of JSON: appended, read back exactly, cut to what a checkpoint knows. */
final class EpochLog {
  private EpochLog() {}

  /** Appends one line. */
  static void append(Path file, EpochResult result) throws IOException {
    Files.writeString(
        file,
        line(result),
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Makes the file hold these epochs and no others, atomically. */
  static void rewrite(Path file, List<EpochResult> results) throws IOException {
    StringBuilder text = new StringBuilder();
    results.forEach(result -> text.append(line(result)));
    AtomicFiles.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String line(EpochResult result) {
    return Json.line(toJson(result)) + "\n";
  }

  static ObjectNode toJson(EpochResult r) {
    ObjectNode node = Json.object().put("epoch", r.epoch());
    node.put("learning_rate", r.rates().learningRate());
    r.rates().momentum().ifPresent(momentum -> node.put("momentum", momentum));
    node.put("train_loss", r.loss().training()).put("val_loss", r.loss().validation());
    r.dice().perClass().forEach(node.putArray("dice_per_class_or_region")::add);
    node.put("mean_fg_dice", r.dice().mean()).put("ema_fg_dice", r.dice().movingAverage());
    if (!r.dice().volumes().isEmpty()) {
      r.dice().volumes().forEach(node.putArray("volume_dice_per_class_or_region")::add);
    }
    return node.put("seconds", r.time().seconds()).put("seconds_waiting", r.time().waiting());
  }

  static EpochResult fromJson(JsonView v) {
    OptionalDouble momentum = v.find("momentum").stream().mapToDouble(JsonView::number).findFirst();
    return new EpochResult(
        v.get("epoch").integer(),
        new Rates(v.get("learning_rate").number(), momentum),
        new EpochResult.Loss(v.get("train_loss").number(), v.get("val_loss").number()),
        new EpochResult.Dice(
            v.get("dice_per_class_or_region").list(JsonView::number),
            v.get("mean_fg_dice").number(),
            v.get("ema_fg_dice").number(),
            v.find("volume_dice_per_class_or_region")
                .map(dice -> dice.list(JsonView::number))
                .orElse(List.of())),
        new EpochResult.Time(v.get("seconds").number(), v.get("seconds_waiting").number()));
  }

  /** All epochs of a file. */
  static List<EpochResult> read(Path file) throws IOException {
    List<EpochResult> results = new ArrayList<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      String where = file + " line " + (results.size() + 1);
      results.add(fromJson(JsonView.root(Json.parse(line), where, TrainingException::new)));
    }
    return results;
  }
}
