package io.github.nnunet4j.infer;

import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.preprocess.Resampling;
import java.util.List;

/** A resampling that is linear or nearest along each axis. */
interface LinearResampling extends Resampling {
  /** The interpolation along z, y, x. */
  List<AxisLine> lines(Grid source, Grid target);
}
