"""Opens the plans files of a folder with nnU-Net v2 and prints, as one JSON line for each
configuration, what it understood. Fails where it cannot find a class or a function."""
import json
import os
import pathlib
import sys

import nnunetv2
import torch
from nnunetv2.utilities.find_class_by_name import recursive_find_python_class
from nnunetv2.utilities.get_network_from_plans import get_network_from_plans
from nnunetv2.utilities.plans_handling.plans_handler import PlansManager

NORMALIZATION = os.path.join(nnunetv2.__path__[0], "preprocessing", "normalization")


def known(thing, what):
    if thing is None:
        raise ValueError(f"nnU-Net does not know {what}")
    return thing


def facts(plans, name):
    c = plans.get_configuration(name)
    for function in (c.resampling_fn_data, c.resampling_fn_seg, c.resampling_fn_probabilities):
        assert callable(function)
    for scheme in c.normalization_schemes:
        known(
            recursive_find_python_class(
                NORMALIZATION, scheme, "nnunetv2.preprocessing.normalization"
            ),
            scheme,
        )
    with torch.device("meta"):  # layers and shapes, no memory
        network = get_network_from_plans(
            c.network_arch_class_name,
            c.network_arch_init_kwargs,
            c.network_arch_init_kwargs_req_import,
            len(c.normalization_schemes),
            3,
            deep_supervision=True,
        )
    return {
        "configuration": name,
        "data_identifier": c.data_identifier,
        "patch_size": list(c.patch_size),
        "batch_size": c.batch_size,
        "batch_dice": c.batch_dice,
        "spacing": list(c.spacing),
        "median": list(c.median_image_size_in_voxels),
        "normalizations": len(c.normalization_schemes),
        "previous_stage": c.previous_stage_name,
        "network": type(network).__name__,
        "stages": len(network.encoder.stages),
        "parameters": sum(p.numel() for p in network.parameters()),
    }


for file in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
    opened = PlansManager(str(file))
    known(opened.image_reader_writer_class, "the reader")
    known(opened.label_manager_class, "the label manager")
    for configuration_name in opened.available_configurations:
        print(json.dumps({"file": file.name, **facts(opened, configuration_name)}))
