"""What the acnn functions refuse at the boundaries; as `acnn_refusals`."""

import numpy as np

from acnn.refusals import IN, PLAIN, A, C, F, S

BOUNDARIES = {
    "no channels": (
        ({"type": "i", "channels": 0}, C),
        {},
        "layer 1: its channels is 0, expected one whole number of at least 1",
    ),
    "two numbers of channels": (
        ({"type": "i", "channels": (1, 2)}, C),
        {},
        "layer 1: its channels is [1 2], expected one whole number of at least 1",
    ),
    "two numbers of units": (
        (IN, F | {"units": (4, 5)}),
        {},
        "layer 2: its units is [4 5], expected one whole number of at least 1",
    ),
    "two numbers of maps": (
        (IN, C | {"outputmaps": (2, 3)}),
        {},
        "layer 2: its outputmaps is [2 3], expected one whole number of at least 1",
    ),
    "no outputmaps": (
        (IN, {"type": "a", "kernelsize": 2}),
        {},
        "layer 2: its outputmaps is missing: a layer 'a' needs it",
    ),
    "no scale": ((IN, {"type": "s"}), {}, "layer 2: its scale is missing: a layer 's' needs it"),
    "scale of 0": (
        (IN, S | {"scale": 0}),
        {},
        "layer 2: its scale is 0, expected one or two whole numbers of at least 1",
    ),
    "three scales": ((IN, S | {"scale": (2, 2, 2)}), {}, "layer 2: its scale is [2 2 2], expected"),
    "a scale that divides the rows only": (
        (IN, S | {"scale": (2, 3)}),
        {},
        "layer 2: its scale [2 3] does not divide the maps of 8x8 below it",
    ),
    "kernelsize as a column": (
        (IN, C | {"kernelsize": np.array([[2], [3]])}),
        {},
        "layer 2: its kernelsize is [2;3], expected one or two whole numbers of at least 1",
    ),
    "logical kernelsize": (
        (IN, C | {"kernelsize": np.array([[True]])}),
        {},
        "layer 2: its kernelsize is true, expected one or two whole numbers of at least 1",
    ),
    "kernels with more rows than the maps": (
        (IN, A | {"kernelsize": (9, 1)}),
        {},
        "layer 2: its kernels of 9x1 are larger than the maps of 8x8 below it",
    ),
    "two numbers as lam": (
        (IN, A | {"lam": np.array([[0.1, 0.2]])}),
        {},
        "layer 2: its lam is [0.1 0.2], expected one number of at least 0",
    ),
    "Inf as lam": ((IN, A | {"lam": np.inf}), {}, "layer 2: its lam is Inf, expected one number"),
    "logical lam": (
        (IN, A | {"lam": np.array([[True]])}),
        {},
        "layer 2: its lam is true, expected one number of at least 0",
    ),
    "a number as activation": (
        (IN, C | {"activation": 3.0}),
        {},
        "layer 2: its activation is 3, expected 'sigm' or 'tanh' or 'linear'",
    ),
    "input layer twice": ((IN, IN), {}, "layer 2: its type is 'i', expected 'c' or 's' or 'a' or"),
    "subsampling after units": ((IN, F, S), {}, "layer 3: its type is 's', expected 'f'"),
    "table with the size turned": (
        (IN, C | {"maps": np.ones((2, 1), bool)}),
        {},
        "layer 2: its maps is 2x1, expected 1x2: a row for each map below",
    ),
    "table with a negative number": (
        (IN, C, C | {"maps": np.array([[1.0, 1.0], [-1.0, 1.0]])}),
        {},
        "layer 3: its maps holds -1, expected 0 and 1 only",
    ),
    "table with two empty columns": (
        (IN, C, C | {"outputmaps": 3, "maps": np.array([[True, False, False]] * 2)}),
        {},
        "layer 3: column 2 of its maps is empty, expected an input for each output map",
    ),
    "more channels than the net has": (
        ({"type": "i", "channels": 2}, C),
        {"x": np.zeros((8, 8, 3, 5))},
        "layer 1: images of size 8x8x3x5 were given, expected rows x cols x 2 x N",
    ),
    "five dimensions for channels": (
        ({"type": "i", "channels": 2}, C),
        {"x": np.zeros((8, 8, 2, 5, 2))},
        "layer 1: images of size 8x8x2x5x2 were given, expected rows x cols x 2 x N",
    ),
    "no image of several channels": (
        ({"type": "i", "channels": 2}, C),
        {"x": np.zeros((8, 8, 2, 0))},
        "layer 1: images of size 8x8x2x0 were given, expected rows x cols x 2 x N",
    ),
    "target above the range of 'sigm'": (
        PLAIN,
        {"y": np.array([[0, 1, 0, 1.5, 1.5]])},
        "layer 6: a target of 1.5 was given, expected 0 to 1 for the activation 'sigm'",
    ),
    "target below the range of 'tanh'": (
        PLAIN,
        {"y": np.array([[-1, 1, -1.5, 1, 1]]), "net": {"activation": "tanh"}},
        "layer 6: a target of -1.5 was given, expected -1 to 1 for the activation 'tanh'",
    ),
    "targets too many": (
        PLAIN,
        {"y": np.ones((1, 6))},
        "layer 6: targets of size 1x6 were given, expected 1x5: a row for each output",
    ),
    "batches of 0": (
        PLAIN,
        {"opts": {"alpha": 1.0, "numepochs": 1, "batchsize": 0}},
        "opts.batchsize is 0, expected one whole number of at least 1",
    ),
    "no numepochs": (
        PLAIN,
        {"opts": {"alpha": 1.0, "batchsize": 1}},
        "opts.numepochs is missing, expected one whole number of at least 1",
    ),
    "two batch sizes": (
        PLAIN,
        {"opts": {"alpha": 1.0, "numepochs": 1, "batchsize": np.array([[1.0, 2.0]])}},
        "opts.batchsize is [1 2], expected one whole number of at least 1",
    ),
    "alpha as a column": (
        PLAIN,
        {"opts": {"alpha": np.ones((3, 1)), "numepochs": 1, "batchsize": 2}},
        "layer 2: alpha for k{1}{1} is 3x1, expected one number or 3x3",
    ),
}
