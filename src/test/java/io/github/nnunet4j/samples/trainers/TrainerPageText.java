package io.github.nnunet4j.samples.trainers;

/** The parts of the guide page that are no rows. */
final class TrainerPageText {
  static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <title>From nnU-Net trainer to nnunet4j</title>
          <style>
            body { font-family: sans-serif; max-width: 75em; margin: 2em auto; line-height: 1.5; padding: 0 1em; }
            pre { background: #f4f6f8; padding: 0.8em; overflow-x: auto; }
            table { border-collapse: collapse; } td, th { border: 1px solid #ccd; padding: 0.3em 0.6em; text-align: left; vertical-align: top; }
          </style>
        </head>
        <body>
          <h1>From nnU-Net trainer to nnunet4j</h1>
          <p>nnU-Net finds a way of training by the name of a class. Here it is an expression, made of parts that combine
            freely. This page has a row for each trainer class of nnU-Net v1 and v2: what to hand over instead, and what is
            not as in the reference. Where nothing is said of a part, it is as in the reference. The rows are compiled, and
            tests compare what they give with the numbers of the reference. Each row is compared in what it changes; in
            the rest (loss, rates and momentum, optimizer, deep supervision, augmentation, patches, parameters, lengths)
            as far as the reference was recorded under the name of the class. For all rows: the library computes in single
            precision, the reference on a GPU in mixed precision; the first epoch may be the best one, in v1 it never is.</p>
          <p>In an expression <code>c</code> is a <code>Configuration</code> of the plan (its network above all),
            <code>t</code> the <code>TrainerConfig.Builder</code> with the defaults, <code>experiment</code> what is trained:</p>
          <pre>Experiment experiment = NnUNet.plan(dataset);
      experiment.train(t -&gt; t.loss(Losses.topK(0.1)), Path.of("runs/topk"));               // nnUNetTrainerTopk10Loss of v2

      Experiment generic = experiment.withPlan(                                             // nnUNetTrainerV2_Loss_TopK10 of v1
          plan -&gt; plan.with(V1.network(experiment.configuration())));
      generic.train(t -&gt; V1.training(t).loss(Losses.topK(0.1)), Path.of("runs/topk_v1"));</pre>
          <p>A cascade is edited twice: the network of its first stage, which <code>3d_lowres</code> is, and its own.</p>
          <pre>Experiment cascade = NnUNet.plan(dataset).withConfiguration("3d_cascade_fullres");
      Experiment both = cascade
          .withPlan(plan -&gt; plan.with(V1.network(plan.configuration("3d_lowres"))))
          .withPlan(plan -&gt; plan.with(V1.network(plan.configuration("3d_cascade_fullres"))));
      both.withPreviousTraining(t -&gt; V1.training(t))                                        // "first stage" in the row
          .train(t -&gt; V1.training(t), Path.of("runs/cascade"));</pre>
          <p>Rows without <code>c</code> leave the plan as it is. The trainers of v1 differ from the default in several parts
            at once: <code>V1</code> at the <a href="#V1">end of this page</a> holds what they have in common, <a href="#V2"><code>V2</code></a>
            what some trainers of v2 have in common. To try one thing of v1 in a training of v2, leave <code>V1</code> away.
            <code>WEIGHTS</code> is the file of a pretrained network, read by <a href="#PretrainedEncoder"><code>PretrainedEncoder</code></a>.</p>
          <p>The rows lie in the samples folder, package <code>trainers</code>; with it
            <code>Trainers.find(Version.V1, "nnUNetTrainerV2_Loss_TopK10").train(experiment, folder)</code> does the above.</p>
      """;

  static final String FOOT =
      """
        </body>
      </html>
      """;

  private TrainerPageText() {}
}
