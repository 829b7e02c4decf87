/**
 * What the planner must know of the images of a data set. {@link FingerprintExtractor} reads every
 * training case once, crops it to its nonzero region and notes its extent, its spacing and how much
 * the crop left; of each channel it samples intensities of foreground voxels.
 *
 * <p>The samples of all cases together give the {@link IntensityStatistics} of a channel (mean,
 * standard deviation, median, percentiles), by which CT images are normalized. Cases are read in
 * parallel, as many at once as fit into a share of the memory; the result depends neither on the
 * number of threads nor on the order of reading.
 *
 * <p>A {@link Fingerprint} is a value; {@link FingerprintJson} reads and writes it as nnU-Net's
 * {@code dataset_fingerprint.json} (Isensee et al. 2021).
 */
@NullMarked
package io.github.nnunet4j.fingerprint;

import org.jspecify.annotations.NullMarked;
