package io.github.nnunet4j.plan;

import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import io.github.nnunet4j.preprocess.LabelResamplings;
import io.github.nnunet4j.preprocess.Resamplings;
import io.github.nnunet4j.preprocess.SeparateZ;

/** What nnU-Net v1's preprocessors do, as far as plans choose it. */
final class V1Preprocessing {
  private V1Preprocessing() {}

  /** {@code GenericPreprocessor}: cubic images, linear labels, nearest across thick slices. */
  static ResamplingRule standard() {
    return resampling(3, 1, 0, 0, SeparateZ.AUTO, SeparateZ.AUTO);
  }

  /** {@code Preprocessor3DDifferentResampling}: the same orders across thick slices. */
  static ResamplingRule alikeAcrossSlices() {
    return resampling(3, 1, 3, 1, SeparateZ.AUTO, SeparateZ.AUTO);
  }

  /** {@code GenericPreprocessor} with {@code force_separate_z=False}. */
  static ResamplingRule together() {
    return resampling(3, 1, 0, 0, SeparateZ.NEVER, SeparateZ.AUTO);
  }

  /** {@code Preprocessor3DBetterResampling}: cubic images and labels, along all axes at once. */
  static ResamplingRule better() {
    return resampling(3, 3, 0, 0, SeparateZ.NEVER, SeparateZ.NEVER);
  }

  private static ResamplingRule resampling(
      int image, int label, int imageZ, int labelZ, SeparateZ separate, SeparateZ export) {
    return new ResamplingRule(
        Resamplings.spline(image, imageZ, separate),
        LabelResamplings.threshold(label, labelZ, separate),
        Resamplings.spline(1, 0, export));
  }

  /** Statistics of the training cases: {@code CT}. */
  static IntensityNormalization ct() {
    return IntensityNormalizations.ctV1();
  }

  /** Clipped by the training cases, then statistics of each case: {@code CT2}. */
  static IntensityNormalization ct2() {
    return IntensityNormalizations.ct2();
  }

  /** Statistics of each case: {@code nonCT}. */
  static IntensityNormalization nonCt() {
    return IntensityNormalizations.nonCt();
  }

  /** Eight bits: {@code GenericPreprocessor_scale_uint8_to_0_1}. */
  static IntensityNormalization eightBits() {
    return IntensityNormalizations.divideBy(255);
  }
}
