"""Layers that the acnn functions refuse: name -> layers, the net's own fields, the message."""

import numpy as np

IN = {"type": "i"}
C = {"type": "c", "outputmaps": 2, "kernelsize": 3}
S = {"type": "s", "scale": 2}
A = {"type": "a", "outputmaps": 3, "kernelsize": 1}
F = {"type": "f", "units": 4}
PLAIN = (IN, C, S, A, F)


REFUSED_LAYERS = {
    "no input layer": ((C,), {}, "layer 1: its type is 'c', expected 'i'"),
    "unknown type": ((IN, {"type": "q"}), {}, "layer 2: its type is 'q', expected 'c' or 's' or"),
    "maps after units": ((IN, F, C), {}, "layer 3: its type is 'c', expected 'f'"),
    "unknown activation": (
        (IN, C | {"activation": "relu"}),
        {},
        "layer 2: its activation is 'relu', expected 'sigm' or 'tanh' or 'linear'",
    ),
    "unknown activation of the output": (
        (IN, C),
        {"net": {"activation": "softmax"}},
        "layer 3: its activation is 'softmax', expected",
    ),
    "activation of a plain average": (
        (IN, S | {"activation": "tanh"}),
        {},
        "layer 2: an activation was given to an 's' layer that only averages: set trainable",
    ),
    "unknown penalty": (
        (IN, C, A | {"penalty": "l2"}),
        {},
        "layer 3: its penalty is 'l2', expected 'l1' or 'entropy'",
    ),
    "negative lam": (
        (IN, C, A | {"lam": -0.5}),
        {},
        "layer 3: its lam is -0.5, expected one number of at least 0",
    ),
    "NaN as lam": ((IN, A | {"lam": np.nan}), {}, "layer 2: its lam is NaN, expected one number"),
    "table of another size": (
        (IN, C, C | {"maps": np.ones((3, 2), bool)}),
        {},
        "layer 3: its maps is 3x2, expected 2x2: a row for each map below",
    ),
    "table with another number": (
        (IN, C, C | {"maps": np.array([[1.0, 3.0], [1.0, 1.0]])}),
        {},
        "layer 3: its maps holds 3, expected 0 and 1 only",
    ),
    "table with an empty column": (
        (IN, C, C | {"maps": np.array([[True, False], [True, False]])}),
        {},
        "layer 3: column 2 of its maps is empty, expected an input for each output map",
    ),
    "half a kernel": (
        (IN, C | {"kernelsize": 2.5}),
        {},
        "layer 2: its kernelsize is 2.5, expected one or two whole numbers of at least 1",
    ),
    "three kernel sizes": (
        (IN, C | {"kernelsize": (1, 2, 3)}),
        {},
        "layer 2: its kernelsize is [1 2 3], expected one or two whole numbers",
    ),
    "no maps": (
        (IN, C | {"outputmaps": 0}),
        {},
        "layer 2: its outputmaps is 0, expected one whole",
    ),
    "no kernelsize": (
        (IN, {"type": "c", "outputmaps": 2}),
        {},
        "layer 2: its kernelsize is missing: a layer 'c' needs it",
    ),
    "no units": ((IN, {"type": "f"}), {}, "layer 2: its units is missing: a layer 'f' needs it"),
    "kernel larger than the maps": (
        (IN, C | {"kernelsize": (3, 9)}),
        {},
        "layer 2: its kernels of 3x9 are larger than the maps of 8x8 below it",
    ),
    "scale that does not divide": (
        (IN, C, S | {"scale": (3, 4)}),
        {},
        "layer 3: its scale [3 4] does not divide the maps of 6x6 below it",
    ),
    "unknown normalization": (
        PLAIN,
        {"net": {"normalize": "zscore"}},
        "layer 1: its normalize is 'zscore', expected 'set' or 'pixel'",
    ),
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
        "layer 2: its activation is '3', expected 'sigm' or 'tanh' or 'linear'",
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
}
