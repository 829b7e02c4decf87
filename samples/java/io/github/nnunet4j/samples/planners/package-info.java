/**
 * The planner and preprocessor classes of nnU-Net v1 and v2 by their names, each as the expression
 * that does the same: a {@link io.github.nnunet4j.plan.Planner} to plan with, or a change of a
 * configuration's {@link io.github.nnunet4j.preprocess.Recipe}. {@link
 * io.github.nnunet4j.samples.planners.PlannerRows} finds planners by name. The guide page "From
 * nnU-Net planner and preprocessor to nnunet4j" is written from these files by a test, and tests
 * compare the plans and prepared cases of each row with those of the reference.
 */
@NullMarked
package io.github.nnunet4j.samples.planners;

import org.jspecify.annotations.NullMarked;
