"""Makes bias_field.json and bias_field.safetensors with SimpleITK's N4BiasFieldCorrectionImageFilter.

Run in the project's folder: python src/test/resources/golden/bias-field/make_bias_field.py
Needs SimpleITK, numpy and safetensors. The phantom is generated here with a fixed seed; the real images are
the T1 crops of samples/data. Axes are (z, y, x) in all arrays and in the settings.
"""
import json
import os
import sys

import numpy as np
import SimpleITK as sitk
from safetensors.numpy import save_file

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, *[".."] * 5))
IMAGES = os.path.join(ROOT, "samples/data/Dataset004_Hippocampus/imagesTr")
DEFAULTS = {
    "maximum_iterations": [50, 50, 50, 50], "convergence_threshold": 0.001, "fwhm": 0.15, "noise": 0.01,
    "bins": 200, "control_points": [4, 4, 4], "order": 3, "shrink": 1,
}


def phantom():
    """A head of three tissues, noise, and a smooth field of about 40 percent; air is 0."""
    shape = (24, 40, 32)
    z, y, x = np.meshgrid(*[np.linspace(-1, 1, n) for n in shape], indexing="ij")
    radius = np.sqrt((z / 0.9) ** 2 + (y / 0.92) ** 2 + (x / 0.88) ** 2)
    folds = 0.05 * np.sin(9 * y + 2 * z) * np.cos(8 * x)
    tissue = np.zeros(shape, np.uint8)
    tissue[radius < 1] = 1
    tissue[radius + folds < 0.9] = 2
    tissue[radius + 2 * folds < 0.68] = 3
    tissue[np.sqrt((z / 0.3) ** 2 + ((y - 0.1) / 0.35) ** 2 + (x / 0.16) ** 2) < 1] = 1
    rng = np.random.default_rng(20101)
    clean = np.array([0, 60, 220, 330])[tissue] + rng.normal(0, 9, shape)
    field = np.exp(0.28 * x - 0.18 * y * y + 0.16 * z * y + 0.12 * np.sin(2.1 * x + 0.7) - 0.05 * z)
    image = np.where(tissue > 0, np.maximum(clean, 1) * field, 0)
    return image.astype(np.float32), tissue, field.astype(np.float32)


def n4(array, spacing, mask, settings):
    image = sitk.GetImageFromArray(array)
    image.SetSpacing(list(reversed(spacing)))
    inside = sitk.GetImageFromArray(mask.astype(np.uint8))
    inside.CopyInformation(image)
    small, small_mask = image, inside
    if settings["shrink"] > 1:
        factors = [settings["shrink"]] * image.GetDimension()
        small, small_mask = sitk.Shrink(image, factors), sitk.Shrink(inside, factors)
    run = sitk.N4BiasFieldCorrectionImageFilter()
    run.SetMaximumNumberOfIterations(settings["maximum_iterations"])
    run.SetConvergenceThreshold(settings["convergence_threshold"])
    run.SetBiasFieldFullWidthAtHalfMaximum(settings["fwhm"])
    run.SetWienerFilterNoise(settings["noise"])
    run.SetNumberOfHistogramBins(settings["bins"])
    run.SetNumberOfControlPoints(list(reversed(settings["control_points"]))[: image.GetDimension()])
    run.SetSplineOrder(settings["order"])
    run.Execute(small, small_mask)
    field = sitk.GetArrayFromImage(run.GetLogBiasFieldAsImage(image))
    return field.astype(np.float32), run.GetElapsedIterations() - 1, run.GetCurrentConvergenceMeasurement()


def variation(values):
    return float(np.std(values.astype(np.float64)) / np.mean(values.astype(np.float64)))


def record(cases, arrays, name, image_key, array, spacing, mask, tissue, changes, stride, tolerance, **more):
    settings = {**DEFAULTS, **changes}
    field, elapsed, convergence = n4(array, spacing, mask, settings)
    corrected = array / np.exp(field)
    key = name + "/log_field"
    arrays[key] = np.ascontiguousarray(field[tuple(slice(None, None, stride) for _ in field.shape)])
    cases.append({
        "name": name, "image": image_key, "spacing": spacing, "settings": settings, "log_field": key, "stride": stride,
        "elapsed_iterations_of_last_level": elapsed, "convergence": convergence, "masked_voxels": int(mask.sum()),
        "variation_before": variation(array[tissue]), "variation_after": variation(corrected[tissue]),
        "tolerance": tolerance, **more})
    print(name, elapsed, convergence, cases[-1]["variation_before"], cases[-1]["variation_after"], flush=True)


def main():
    cases, arrays = [], {}
    image, tissue, field = phantom()
    arrays["phantom/image"], arrays["phantom/tissue"], arrays["phantom/field"] = image, tissue, field[::4, ::4, ::4].copy()
    mask, white, mm = image != 0, tissue == 3, [1.5, 1.0, 1.0]
    for name, changes, stride, tolerance in [
            ("phantom-default", {}, 1, 0.0005),
            ("phantom-one-level", {"maximum_iterations": [20], "convergence_threshold": 0.0}, 2, 0.0005),
            ("phantom-other-settings", {"maximum_iterations": [12, 8], "convergence_threshold": 0.0, "fwhm": 0.3, "noise": 0.05, "bins": 64, "control_points": [5, 4, 6], "order": 2}, 2, 0.0005),
            ("phantom-shrunk", {"shrink": 2}, 2, 0.1)]:
        record(cases, arrays, name, "phantom/image", image, mm, mask, white, changes, stride, tolerance,
               mask_rule="nonzero", tissue_label=3)
    otsu = sitk.GetArrayFromImage(sitk.OtsuThreshold(sitk.GetImageFromArray(image), 0, 1, 200)) == 1
    record(cases, arrays, "phantom-otsu", "phantom/image", image, mm, otsu, white, {}, 2, 0.0005, mask_rule="otsu", tissue_label=3)
    middle = image.shape[0] // 2
    record(cases, arrays, "phantom-slice", "phantom/image", image[middle], mm[1:], mask[middle], white[middle], {}, 1, 0.0005,
           mask_rule="nonzero", tissue_label=3, slice=middle)
    for case in ["hippocampus_001", "hippocampus_065", "hippocampus_133"]:
        source = sitk.ReadImage(os.path.join(IMAGES, case + "_0000.nii.gz"), sitk.sitkFloat32)
        array, spacing = sitk.GetArrayFromImage(source), list(reversed(source.GetSpacing()))
        low, high = (float(np.float32(np.percentile(array[array != 0], p))) for p in (75, 95))
        record(cases, arrays, case, "samples/data/Dataset004_Hippocampus/imagesTr/" + case + "_0000.nii.gz", array, spacing,
               array != 0, (array > low) & (array < high), {}, 3, 0.01, mask_rule="nonzero", white_matter_like=[low, high])
    about = {
        "reference": "SimpleITK " + sitk.Version_VersionString() + " (ITK " + sitk.Version_ITKVersionString() + "), numpy " + np.__version__,
        "what": "N4BiasFieldCorrectionImageFilter, log bias field at full resolution, every stride-th voxel of each axis",
        "axes": "(z, y, x); phantom-slice is one slice of the phantom, as a 2D image",
        "made_by": "make_bias_field.py in this folder",
        "tolerance": "largest absolute difference of the log field over the voxels of the mask; a hundredth of it below 1 for the correlation of corrected images",
        "images": "phantom of this script; T1 crops of Medical Segmentation Decathlon Task04 (CC-BY-SA 4.0), see samples/data",
    }
    with open(os.path.join(HERE, "bias_field.json"), "w") as out:
        json.dump({"about": about, "cases": cases}, out, indent=1)
        out.write("\n")
    save_file(arrays, os.path.join(HERE, "bias_field.safetensors"), metadata={k: str(v) for k, v in about.items()})


if __name__ == "__main__":
    sys.exit(main())
