package io.github.nnunet4j.samples.planners;

/** The parts of the guide page that are no rows; [name] stands for a method of HandingOver. */
final class PlannerPageText {
  static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <title>From nnU-Net planner and preprocessor to nnunet4j</title>
          <style>
            body { font-family: sans-serif; max-width: 75em; margin: 2em auto; line-height: 1.5; padding: 0 1em; }
            pre { background: #f4f6f8; padding: 0.8em; overflow-x: auto; }
            table { border-collapse: collapse; } td, th { border: 1px solid #ccd; padding: 0.3em 0.6em; text-align: left; vertical-align: top; }
          </style>
        </head>
        <body>
          <h1>From nnU-Net planner and preprocessor to nnunet4j</h1>
          <p>nnU-Net finds its planner and its preprocessor by the names of classes. Here a planner is a value made of rules,
            handed over with the data set, and a preprocessor is a <code>Recipe</code>, part of each configuration of the plan.
            This page has a row for each planner class of nnU-Net v1 and v2 and for each preprocessor class of v1: what to hand
            over instead, and what is not as in the reference. Where nothing is said, the plans are those of the class, number
            by number. The rows are compiled; tests compare the plans of each with those that the class itself wrote for the same
            data sets (names, spacing, patch, batch size, network, normalization), and the cases that a row prepares with those
            that the class prepares.</p>

          <h2>How a planner is handed over</h2>
          <pre>[planned]</pre>
          <p>The options of the planning command are changes of a planner, and every
            <a href="planners-of-your-own.html">rule can be replaced</a>:</p>
          <pre>[withOptions]</pre>
          <p>Some classes of v1 slip: they do not do what was meant. Their rows have two planners. The one as released equals
            the class, for models and plans that are there already. The corrected one is for new models; there is nothing of the
            reference to compare it with, and its plans have names of their own. A planner of v1 plans either volumes or slices,
            with the preprocessor that belongs to it; networks and trainings of v1 are on the page
            <a href="from-trainer.html">From nnU-Net trainer to nnunet4j</a>. In expressions <code>source</code> is the plan of
            another data set, <code>name</code> what that data set is called. The rows lie in the samples folder, package
            <code>planners</code>; with it <code>PlannerRows.find(Version.V1, "ExperimentPlanner3D_v22").asMeant()</code> is the
            planner above.</p>
      """;

  static final String PREPROCESSORS =
      """

          <h2>How a preprocessor is handed over</h2>
          <p>What a preprocessor does stands in the recipe of a configuration: the order of the steps, the grid, the resamplings
            and the normalizations. A plan that is there gets another one so:</p>
          <pre>[prepared]</pre>
          <p>and a planner that plans with it is</p>
          <pre>[preparing]</pre>
          <p>In the rows <code>r</code> is the recipe as planned: axis order, target spacing and statistics of intensities stay.
            <a href="#V1Recipes"><code>V1Recipes</code></a> at the end of this page holds what the classes have in common. v2 has one
            preprocessor, <code>DefaultPreprocessor</code>, which every planner of v2 plans with: <code>r -&gt; r</code>.</p>
      """;

  static final String FOOT =
      """
        </body>
      </html>
      """;

  private PlannerPageText() {}
}
