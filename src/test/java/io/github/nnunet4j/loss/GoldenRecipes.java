package io.github.nnunet4j.loss;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** The losses of the reference as expressions of ours. */
final class GoldenRecipes {
  private GoldenRecipes() {}

  /** A loss class of the reference with its options. */
  static LossFunction ofClass(GoldenLoss golden) {
    JsonNode o = golden.options();
    boolean v1 = golden.file().startsWith("v1");
    LossFunction loss =
        switch (golden.loss()) {
          case "MemoryEfficientSoftDiceLoss", "SoftDiceLoss" -> dice(v1, o);
          case "SoftDiceLossSquared" -> squaredDice(o);
          case "GDL" -> generalizedDice(o);
          case "MCCLoss" ->
              Losses.matthewsCorrelation(
                  o.path("batch_mcc").asBoolean(), background(o), o.path("smooth").asDouble());
          case "FocalLossV2" -> focal(o);
          case "RobustCrossEntropyLoss" -> crossEntropy(o);
          case "TopKLoss" -> topK(o);
          case "DC_and_CE_loss" -> weighted(o, diceOf(v1, o), crossEntropy(o.path("ce")));
          case "DC_and_topk_loss" -> weighted(o, diceOf(v1, o), topK(o.path("ce")));
          case "DC_and_BCE_loss" -> weighted(o, diceOf(v1, o), Losses.bce());
          case "GDL_and_CE_loss" -> generalizedDice(o.get("gdl")).plus(crossEntropy(o.path("ce")));
          default -> throw new IllegalStateException(golden.loss());
        };
    boolean bare = o.has("nonlinearity") && o.get("nonlinearity").isNull();
    return bare ? Losses.onProbabilities(loss) : loss;
  }

  private static LossFunction weighted(JsonNode o, LossFunction dice, LossFunction other) {
    return dice.times(o.path("weight_dice").asDouble(1))
        .plus(other.times(o.path("weight_ce").asDouble(1)));
  }

  private static LossFunction diceOf(boolean v1, JsonNode o) {
    JsonNode options = o.get("soft_dice");
    LossFunction dice =
        o.path("square_dice").asBoolean() ? squaredDice(options) : dice(v1, options);
    return o.path("log_dice").asBoolean() ? dice.minusLog() : dice;
  }

  private static Dice dice(boolean v1, JsonNode options) {
    JsonNode o = options.has("soft_dice") ? options.get("soft_dice") : options;
    Dice dice = Losses.dice(batch(o), background(o), smooth(o));
    dice = dice.withLeastOverlap(o.path("clip_tp").asDouble());
    return v1 ? dice.asInV1() : dice;
  }

  private static LossFunction squaredDice(JsonNode o) {
    return Losses.squaredDice(batch(o), background(o), smooth(o));
  }

  private static LossFunction generalizedDice(JsonNode o) {
    return new GeneralizedDice(
        ClassMean.of(batch(o), background(o)),
        smooth(o),
        o.path("square").asBoolean(),
        o.path("square_volumes").asBoolean());
  }

  private static LossFunction focal(JsonNode o) {
    Focal focal = Losses.focal(o.path("gamma").asDouble(2));
    focal = focal.withSmooth(o.path("smooth").asDouble(1e-5));
    JsonNode alpha = o.path("alpha");
    if (alpha.isArray()) {
      focal = focal.withClassWeights(doubles(alpha));
    } else if (alpha.isNumber()) {
      focal = focal.withAlpha(alpha.asDouble(), o.path("balance_index").asInt());
    }
    return o.path("size_average").asBoolean(true) ? focal : focal.summed();
  }

  private static boolean batch(JsonNode o) {
    return o.path("batch_dice").asBoolean(false);
  }

  private static boolean background(JsonNode o) {
    return o.path("do_bg").asBoolean(true);
  }

  private static double smooth(JsonNode o) {
    return o.path("smooth").asDouble(1);
  }

  private static CrossEntropy crossEntropy(JsonNode o) {
    return Losses.crossEntropy()
        .withClassWeights(doubles(o.path("weight")))
        .withLabelSmoothing(o.path("label_smoothing").asDouble(0));
  }

  private static TopK topK(JsonNode o) {
    return new TopK(o.path("k").asDouble(10) / 100, crossEntropy(o));
  }

  /** The loss that a trainer of nnU-Net v2 builds by itself. */
  static LossFunction ofV2Trainer(GoldenLoss golden) {
    boolean batchDice = golden.options().path("plan_batch_dice").asBoolean();
    boolean regions = golden.regions();
    Dice dice = Losses.dice(batchDice, regions, 1e-5);
    LossFunction second = regions ? Losses.bce() : Losses.crossEntropy();
    return switch (golden.loss()) {
      case "nnUNetTrainer" -> dice.plus(second);
      case "nnUNetTrainerCELoss", "RobustCrossEntropyLoss" -> Losses.crossEntropy();
      case "nnUNetTrainerDiceLoss" -> dice;
      case "nnUNetTrainerDiceCELoss_noSmooth" -> dice.withSmooth(0).plus(second);
      case "nnUNetTrainerTopk10Loss" -> Losses.topK(0.1);
      case "nnUNetTrainerTopk10LossLS01" -> Losses.topK(0.1).withLabelSmoothing(0.1);
      case "nnUNetTrainerDiceTopK10Loss" -> dice.plus(Losses.topK(0.1));
      default -> throw new IllegalStateException(golden.loss());
    };
  }

  /** The loss that a trainer of nnU-Net v1 builds by itself, as in its first epoch. */
  static LossFunction ofV1Trainer(GoldenLoss golden) {
    boolean batchDice = golden.options().path("plan_batch_dice").asBoolean();
    Dice dice = Losses.dice(batchDice, false, 1e-5).asInV1();
    Dice regions = Losses.dice(false, true, 0).asInV1();
    CrossEntropy ce = Losses.crossEntropy();
    return switch (golden.loss().replaceFirst("^nnUNetTrainer", "")) {
      case "", "V2" -> dice.plus(ce);
      case "CE", "V2_Loss_CE" -> ce;
      case "V2_ForceBD" -> dice.withBatchDice(true).plus(ce);
      case "V2_ForceSD" -> dice.withBatchDice(false).plus(ce);
      case "V2_Loss_CEGDL" -> Losses.generalizedDice(batchDice, false, 1e-5).plus(ce);
      case "V2_Loss_Dice", "V2_Loss_Dice_LR1en3" -> dice;
      case "V2_Loss_DicewithBG", "V2_Loss_DicewithBG_LR1en3" -> dice.withBackground(true);
      case "V2_Loss_DiceCE_noSmooth" -> dice.withSmooth(0).plus(ce);
      case "V2_Loss_DiceTopK10" -> dice.plus(Losses.topK(0.1));
      case "V2_Loss_Dice_squared" -> Losses.squaredDice(batchDice, false, 1e-5);
      case "V2_Loss_MCC" -> Losses.matthewsCorrelation(batchDice, true, 0);
      case "V2_Loss_MCCnoBG" -> Losses.matthewsCorrelation(batchDice, false, 0);
      case "V2_Loss_TopK10" -> Losses.topK(0.1);
      case "V2_SegLoss_Focal" -> Losses.focal(2).withAlpha(0.5, 0).withSmooth(1e-5);
      case "V2_graduallyTransitionFromCEToDice" -> transition(dice).at(0);
      case "V2BraTSRegions" -> regions.plus(Losses.bce());
      case "V2BraTSRegions_Dice" -> regions;
      case "V2BraTSRegions_DA3_BD" -> regions.withBatchDice(true).plus(Losses.bce());
      case "V2_DDP.compute_loss" -> Losses.dice(batchDice, false, 1e-5).plus(ce);
      default -> throw new IllegalStateException(golden.loss());
    };
  }

  /** From cross-entropy to Dice between half and three quarters of the training. */
  static LossFunction transition(LossFunction dice) {
    return Losses.crossEntropy().fadingInto(dice, 0.5, 0.75).times(2);
  }

  static List<Double> doubles(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asDouble).toList();
  }
}
