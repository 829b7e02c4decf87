package io.github.nnunet4j.samples.trainers;

import static io.github.nnunet4j.samples.trainers.TrainerRow.v2;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.network.Primus;
import io.github.nnunet4j.train.Optimizers;
import java.nio.file.Path;
import java.util.List;

/**
 * Trainers of v2 that start from weights of nnssl, on a plan that was made for these weights. They
 * are not in release 2.8.1 but in the repository.
 */
final class PretrainedTrainers {
  /** Where the weights lie; any other place will do. */
  private static final Path WEIGHTS = Path.of("pretrained.safetensors");

  private static final String SCRATCH =
      "without weights (--from_scratch) the reference starts at a rate of ";
  private static final String AS_PRIMUS = "as PretrainedTrainer_Primus";

  private PretrainedTrainers() {}

  static List<TrainerRow> rows() {
    return List.of(
        v2("PretrainedTrainer")
            .configuration(c -> V2.batches(c, 2))
            .training(
                (t, experiment) ->
                    V2.warmUp(t, 1e-3, 50).initialWeights(PretrainedEncoder.of(WEIGHTS)))
            .differs(SCRATCH + "1e-2"),
        v2("PretrainedTrainer_nomirroring")
            .configuration(c -> V2.batches(c, 2))
            .training(
                (t, experiment) ->
                    V2.warmUp(t, 1e-3, 50)
                        .mirrorAxes()
                        .initialWeights(PretrainedEncoder.of(WEIGHTS)))
            .differs("as PretrainedTrainer"),
        v2("PretrainedTrainer_150ep")
            .configuration(c -> V2.batches(c, 2))
            .training(
                (t, experiment) ->
                    V2.warmUp(t, 1e-3, 15)
                        .epochs(150)
                        .initialWeights(PretrainedEncoder.of(WEIGHTS)))
            .differs("as PretrainedTrainer"),
        v2("PretrainedTrainer_150ep_nomirroring")
            .configuration(c -> V2.batches(c, 2))
            .training(
                (t, experiment) ->
                    V2.warmUp(t, 1e-3, 15)
                        .epochs(150)
                        .mirrorAxes()
                        .initialWeights(PretrainedEncoder.of(WEIGHTS)))
            .differs("as PretrainedTrainer"),
        v2("PretrainedTrainer_300ep")
            .configuration(c -> V2.batches(c, 2))
            .training(
                (t, experiment) ->
                    V2.warmUp(t, 1e-3, 15)
                        .epochs(300)
                        .initialWeights(PretrainedEncoder.of(WEIGHTS)))
            .differs("as PretrainedTrainer"),
        v2("PretrainedTrainer_smallerlr")
            .configuration(c -> V2.batches(c, 2))
            .training(
                (t, experiment) ->
                    V2.warmUp(t, 3e-5, 50)
                        .optimizer(Optimizers.sgd(0.99, true, 5e-2))
                        .initialWeights(PretrainedEncoder.of(WEIGHTS)))
            .differs(SCRATCH + "1e-4"),
        v2("PretrainedTrainer_adam__nomirroring")
            .configuration(c -> V2.batches(c, 2))
            .training(
                (t, experiment) ->
                    V2.warmUp(t, 1e-3, 50)
                        .mirrorAxes()
                        .initialWeights(PretrainedEncoder.of(WEIGHTS)))
            .differs("takes SGD in spite of its name, as in the reference"),
        v2("PretrainedTrainer_adam_150ep")
            .configuration(c -> V2.batches(c, 2))
            .training(
                (t, experiment) ->
                    V2.primus(t, 1e-4, 15)
                        .epochs(150)
                        .initialWeights(PretrainedEncoder.of(WEIGHTS)))
            .differs(SCRATCH + "3e-4"),
        v2("PretrainedTrainer_adam_150ep_nomirroring")
            .configuration(c -> V2.batches(c, 2))
            .training(
                (t, experiment) ->
                    V2.primus(t, 1e-4, 15)
                        .epochs(150)
                        .mirrorAxes()
                        .initialWeights(PretrainedEncoder.of(WEIGHTS)))
            .differs("as PretrainedTrainer_adam_150ep"),
        v2("PretrainedTrainer_Primus")
            .configuration(
                c -> V2.network(V2.batches(c, 2), Primus.of(Primus.Size.medium(), c.patch())))
            .training(
                (t, experiment) ->
                    V2.primus(t, 1e-4, 50).initialWeights(PretrainedEncoder.of(WEIGHTS)))
            .differs("the size of the network is that of the weights; " + SCRATCH + "3e-4"),
        v2("PretrainedTrainer_Primus_150ep")
            .configuration(
                c -> V2.network(V2.batches(c, 2), Primus.of(Primus.Size.medium(), c.patch())))
            .training(
                (t, experiment) ->
                    V2.primus(t, 1e-4, 15)
                        .epochs(150)
                        .initialWeights(PretrainedEncoder.of(WEIGHTS)))
            .differs(AS_PRIMUS),
        v2("PretrainedTrainer_Primusx")
            .configuration(
                c -> V2.network(V2.batches(c, 2), Primus.of(Primus.Size.medium(), c.patch())))
            .training(
                (t, experiment) ->
                    V2.primus(t, 1e-4, 50).initialWeights(PretrainedEncoder.of(WEIGHTS)))
            .differs(AS_PRIMUS),
        v2("PretrainedTrainer_Primusx_nomirroring")
            .configuration(
                c -> V2.network(V2.batches(c, 2), Primus.of(Primus.Size.medium(), c.patch())))
            .training(
                (t, experiment) ->
                    V2.primus(t, 1e-4, 50)
                        .mirrorAxes()
                        .initialWeights(PretrainedEncoder.of(WEIGHTS)))
            .differs(AS_PRIMUS),
        v2("PretrainedTrainer_Primusx_smallerlr")
            .configuration(
                c -> V2.network(V2.batches(c, 2), Primus.of(Primus.Size.medium(), c.patch())))
            .training(
                (t, experiment) ->
                    V2.primus(t, 3e-5, 50).initialWeights(PretrainedEncoder.of(WEIGHTS)))
            .differs(AS_PRIMUS + ", but 1e-4"),
        v2("PretrainedTrainer_Primusx_30ep")
            .configuration(
                c -> V2.network(V2.batches(c, 2), Primus.of(Primus.Size.medium(), c.patch())))
            .training(
                (t, experiment) ->
                    V2.primus(t, 1e-4, 3).epochs(30).initialWeights(PretrainedEncoder.of(WEIGHTS)))
            .differs(AS_PRIMUS),
        v2("PretrainedTrainer_Primusx_150ep")
            .configuration(
                c -> V2.network(V2.batches(c, 2), Primus.of(Primus.Size.medium(), c.patch())))
            .training(
                (t, experiment) ->
                    V2.primus(t, 1e-4, 15)
                        .epochs(150)
                        .initialWeights(PretrainedEncoder.of(WEIGHTS)))
            .differs(AS_PRIMUS),
        v2("PretrainedTrainer_Primusx_150ep_nomirroring")
            .configuration(
                c -> V2.network(V2.batches(c, 2), Primus.of(Primus.Size.medium(), c.patch())))
            .training(
                (t, experiment) ->
                    V2.primus(t, 1e-4, 15)
                        .epochs(150)
                        .mirrorAxes()
                        .initialWeights(PretrainedEncoder.of(WEIGHTS)))
            .differs(AS_PRIMUS),
        v2("PretrainedTrainer_Primusx_150ep_lr3e4")
            .configuration(
                c -> V2.network(V2.batches(c, 2), Primus.of(Primus.Size.medium(), c.patch())))
            .training(
                (t, experiment) ->
                    V2.primus(t, 3e-4, 50)
                        .epochs(150)
                        .initialWeights(PretrainedEncoder.of(WEIGHTS)))
            .differs(AS_PRIMUS),
        v2("PretrainedTrainer_Primusx_150ep_small_debug")
            .configuration(
                c ->
                    V2.network(
                        V2.cubes(c, 48, 2), Primus.of(Primus.Size.medium(), Extent.of(48, 48, 48))))
            .training(
                (t, experiment) ->
                    V2.primus(t, 1e-4, 15)
                        .epochs(150)
                        .initialWeights(PretrainedEncoder.of(WEIGHTS)))
            .differs(AS_PRIMUS),
        v2("PretrainedTrainer_Primusx_300ep")
            .configuration(
                c -> V2.network(V2.batches(c, 2), Primus.of(Primus.Size.medium(), c.patch())))
            .training(
                (t, experiment) ->
                    V2.primus(t, 1e-4, 15)
                        .epochs(300)
                        .initialWeights(PretrainedEncoder.of(WEIGHTS)))
            .differs(AS_PRIMUS),
        v2("DynamicPretrainedTrainer")
            .configuration(c -> V2.batches(c, 2))
            .training(
                (t, experiment) ->
                    V2.warmUp(t, 1e-3, 50).initialWeights(PretrainedEncoder.adapted(WEIGHTS)))
            .differs("as PretrainedTrainer"),
        v2("DynamicPretrainedTrainer_nomirroring")
            .configuration(c -> V2.batches(c, 2))
            .training(
                (t, experiment) ->
                    V2.warmUp(t, 1e-3, 50)
                        .mirrorAxes()
                        .initialWeights(PretrainedEncoder.adapted(WEIGHTS)))
            .differs("as PretrainedTrainer"),
        v2("DynamicPretrainedTrainer_adam_150ep")
            .configuration(c -> V2.batches(c, 2))
            .training(
                (t, experiment) ->
                    V2.warmUp(t, 1e-4, 15)
                        .optimizer(V2.adamW(3e-5))
                        .epochs(150)
                        .initialWeights(PretrainedEncoder.adapted(WEIGHTS)))
            .differs(SCRATCH + "3e-4"),
        v2("DynamicPretrainedTrainer_adam_150ep_nomirroring")
            .configuration(c -> V2.batches(c, 2))
            .training(
                (t, experiment) ->
                    V2.warmUp(t, 1e-4, 15)
                        .optimizer(V2.adamW(3e-5))
                        .epochs(150)
                        .mirrorAxes()
                        .initialWeights(PretrainedEncoder.adapted(WEIGHTS)))
            .differs("as DynamicPretrainedTrainer_adam_150ep"));
  }
}
