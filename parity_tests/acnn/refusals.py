"""What the acnn functions refuse: layers, other parts of what both sides are given, the message."""

import numpy as np

IN = {"type": "i"}
C = {"type": "c", "outputmaps": 2, "kernelsize": 3}
S = {"type": "s", "scale": 2}
A = {"type": "a", "outputmaps": 3, "kernelsize": 1}
F = {"type": "f", "units": 4}
PLAIN = (IN, C, S, A, F)
OPTS = {"alpha": 0.1, "batchsize": 2, "numepochs": 1}

REFUSALS = {
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
    "four dimensions for one channel": (
        PLAIN,
        {"x": np.zeros((8, 8, 2, 5))},
        "layer 1: images of size 8x8x2x5 were given, expected rows x cols x N",
    ),
    "another number of channels": (
        ({"type": "i", "channels": 3}, C),
        {"x": np.zeros((8, 8, 2, 5))},
        "layer 1: images of size 8x8x2x5 were given, expected rows x cols x 3 x N",
    ),
    "no image": (PLAIN, {"x": np.zeros((8, 8, 0))}, "layer 1: images of size 8x8x0 were given"),
    "target below the range": (
        PLAIN,
        {"y": np.array([[0, 1, 0, 1, -0.25]])},
        "layer 6: a target of -0.25 was given, expected 0 to 1 for the activation 'sigm'",
    ),
    "target above the range": (
        PLAIN,
        {"y": np.array([[-1, 1, 0, 1, 1.5]]), "net": {"activation": "tanh"}},
        "layer 6: a target of 1.5 was given, expected -1 to 1 for the activation 'tanh'",
    ),
    "not a number as target": (
        PLAIN,
        {"y": np.array([[0, 1, 0, np.nan, 1]])},
        "layer 6: a target of NaN was given, expected 0 to 1 for the activation 'sigm'",
    ),
    "infinite number of maps": (
        (IN, C | {"outputmaps": np.inf}),
        {},
        "layer 2: its outputmaps is Inf, expected one whole number of at least 1",
    ),
    "targets in three dimensions": (
        PLAIN,
        {"y": np.zeros((1, 5, 2))},
        "layer 6: targets of size 1x5x2 were given, expected 1x5: a row for each output",
    ),
    "a table for a combination": (
        (IN, A | {"maps": np.ones((1, 3), bool)}),
        {},
        "layer 2: maps was given, a layer 'a' takes outputmaps, kernelsize, shared, lam, penalty, "
        "activation",
    ),
    "a lam for a convolution": (
        (IN, C | {"lam": 0.1}),
        {},
        "layer 2: lam was given, a layer 'c' takes outputmaps, kernelsize, maps, activation",
    ),
    "a scale for units": (
        (IN, F | {"scale": 2}),
        {},
        "layer 2: scale was given, a layer 'f' takes units, activation",
    ),
    "units for an average": (
        (IN, S | {"units": 2}),
        {},
        "layer 2: units was given, a layer 's' takes scale, trainable, activation",
    ),
    "an activation for the images": (
        (IN | {"activation": "tanh"},),
        {},
        "layer 1: activation was given, a layer 'i' takes channels",
    ),
    "a lam for each map": (
        (IN, A | {"lam": np.array([0.1, 0.2, 0.3])}),
        {},
        "layer 2: its lam is [0.1 0.2 0.3], expected one number of at least 0",
    ),
    "text as lam": ((IN, A | {"lam": "big"}), {}, "layer 2: its lam is 'big', expected one number"),
    "a number as penalty": (
        (IN, A | {"penalty": 2}),
        {},
        "layer 2: its penalty is 2, expected 'l1' or 'entropy'",
    ),
    "text as trainable": (
        (IN, S | {"trainable": "no"}),
        {},
        "layer 2: its trainable is 'no', expected true or false",
    ),
    "two values as shared": (
        (IN, A | {"shared": np.array([1.0, 0.0])}),
        {},
        "layer 2: its shared is [1 0], expected true or false",
    ),
    "text as kernelsize": (
        (IN, C | {"kernelsize": "3"}),
        {},
        "layer 2: its kernelsize is '3', expected one or two whole numbers of at least 1",
    ),
    "many numbers as scale": (
        (IN, S | {"scale": np.ones((5, 5))}),
        {},
        "layer 2: its scale is 5x5 of class double, expected one or two whole numbers",
    ),
    "table in three dimensions": (
        (IN, C | {"maps": np.ones((1, 2, 2), bool)}),
        {},
        "layer 2: its maps is 1x2x2, expected 1x2: a row for each map below",
    ),
    "text as images": (PLAIN, {"x": "digits"}, "layer 1: images of class char were given"),
    "text as targets": (PLAIN, {"later_y": "digit"}, "layer 6: targets of class char were given"),
    "no output": (
        PLAIN,
        {"y": np.zeros((0, 5))},
        "layer 6: targets of size 0x5 were given, expected a row for each output",
    ),
    "endless batches": (
        PLAIN,
        {"opts": OPTS | {"batchsize": np.inf}},
        "opts.batchsize is Inf, expected one whole number of at least 1",
    ),
    "text as numepochs": (
        PLAIN,
        {"opts": OPTS | {"numepochs": "10"}},
        "opts.numepochs is '10', expected one whole number of at least 1",
    ),
    "text as alpha": (
        PLAIN,
        {"opts": OPTS | {"alpha": "fast"}},
        "layer 2: alpha for k{1}{1} is of class char, expected double or single",
    ),
    "an integer class as alpha": (
        PLAIN,
        {"opts": OPTS | {"alpha": np.int32(1)}},
        "layer 2: alpha for k{1}{1} is of class int32, expected double or single",
    ),
    "alpha in three dimensions": (
        PLAIN,
        {"opts": OPTS | {"alpha": np.ones((3, 3, 2))}},
        "layer 2: alpha for k{1}{1} is 3x3x2, expected one number or 3x3",
    ),
    "integer targets": (
        PLAIN,
        {"y": np.ones((1, 5), np.uint8)},
        "layer 6: targets of class uint8 were given, expected double, single or logical",
    ),
    "too few targets": (
        PLAIN,
        {"y": np.ones((1, 4))},
        "layer 6: targets of size 1x4 were given, expected 1x5: a row for each output, ",
    ),
    "no batchsize": (
        PLAIN,
        {"opts": {"alpha": 1.0, "numepochs": 1}},
        "opts.batchsize is missing, expected one whole number of at least 1",
    ),
    "half an epoch": (
        PLAIN,
        {"opts": {"alpha": 1.0, "numepochs": 0.5, "batchsize": 2}},
        "opts.numepochs is 0.5, expected one whole number of at least 1",
    ),
    "no alpha": (
        PLAIN,
        {"opts": {"numepochs": 1, "batchsize": 2}},
        "opts.alpha is missing, expected a learning rate",
    ),
    "alpha as a row": (
        PLAIN,
        {"opts": {"alpha": np.ones((1, 2)), "numepochs": 1, "batchsize": 2}},
        "layer 2: alpha for k{1}{1} is 1x2, expected one number or 3x3",
    ),
    "images of another size for the net": (
        (IN, S, F),
        {"later_x": np.zeros((4, 8, 5))},
        "layer 3: 8 features reach it, expected 16: run acnnsetup for images of this size",
    ),
    "images of another size for the means": (
        (IN, S, F),
        {"later_x": np.zeros((4, 8, 5)), "net": {"normalize": "pixel"}},
        "layer 1: images of 4x8 were given, expected 8x8: the size of net.mu",
    ),
}
