/**
 * From an image on its own grid to the network grid and back. A {@link Recipe} is the value that
 * says how; training and prediction use the very same one.
 *
 * <p>What happens to a case behind transposition and crop is a list of {@link PreprocessingStep}s,
 * of nnU-Net v2 or v1 or your own.
 *
 * <p>A {@link Preprocessor} works in the order of nnU-Net v2: transpose the axes, crop to the
 * nonzero region, normalize the intensities of each channel, resample to the target spacing. {@link
 * Resampling}, {@link LabelResampling} and {@link IntensityNormalization} are strategies; the
 * built-in ones are in their plural companions, own ones may be lambdas.
 *
 * <p>{@link N4BiasField} takes the field of the coils out of a magnetic resonance image; its {@link
 * BiasFieldNormalization} stands in a recipe before another normalization.
 *
 * <p>The {@link Restoration} of a {@link Prepared} case remembers the way back, by which
 * predictions come to the image's own grid. {@link PreparedStore} keeps prepared cases in a folder
 * and makes a case again only if recipe, labels or sources have changed; training reads patches and
 * {@link ClassLocations} from there. {@link StageStore} keeps what a stage of a cascade has
 * predicted for the next one.
 */
@NullMarked
package io.github.nnunet4j.preprocess;

import org.jspecify.annotations.NullMarked;
