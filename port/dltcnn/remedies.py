"""What the toolbox's refusals mean, and what to do."""

import re

# (place in the original, what Octave says there) -> what it means and what to do.
_REMEDIES = (
    (
        "",
        r"cannot be indexed with \{",
        "this field of a layer is a list, with an entry for each map: set one entry, as in "
        "layer.b[0] = 0.5 or layer.k[0][0] = kernel, or all of them, as in layer.b = [0.5, 0.5]",
    ),
    (
        "cnnff.m:11",
        r"op1 is 1x2",
        "the toolbox takes no batch of one image, nor maps that have become empty: "
        "give at least two images, with kernels no larger than the maps they are applied to",
    ),
    (
        "cnnff.m:34",
        r"out of bound",
        "the last layer's maps have no third dimension: the toolbox takes no batch of one image, "
        "and no kernel larger than its map",
    ),
    (
        "cnnff.m",
        r"no member 'a'",
        "the layer below made no maps: its type must be 'c' or 's' (lower case) and "
        "its outputmaps at least 1",
    ),
    (
        "cnnff.m:37",
        r"nonconformant",
        "the features of the last layer do not fit net.ffW: run cnnsetup for images of this size, "
        "with kernels that fit into the maps",
    ),
    (
        "cnnff.m:37",
        r"not implemented",
        "integers cannot be multiplied as matrices: give x and alpha as floating-point numbers",
    ),
    (
        "cnnbp.m:11",
        r"not implemented",
        "targets of an integer class saturate: give y as double, single or logical",
    ),
    (
        "cnnbp.m:26",
        r"no member 'scale'",
        "the toolbox needs a subsampling layer after each convolution but the last",
    ),
    (
        "cnnbp.m:32",
        r"no member 'k'",
        "the toolbox needs a convolution after each subsampling layer but the last",
    ),
    ("cnnapplygrads.m", r"no member 'a'", "run cnnff and cnnbp first"),
    ("cnnbp.m", r"no member 'a'", "run cnnff first"),
    ("cnnbp.m:32", r"nonconformant", "a kernel is larger than the map it is applied to"),
    ("cnnapplygrads.m:6", r"nonconformant", "a kernel is larger than the map it is applied to"),
    (
        "cnnsetup.m:9",
        r"must be integer",
        "choose kernelsize and scale so that each map size divides by the scale",
    ),
    ("cnnsetup.m:16", r"\^", "kernelsize must be one number: the toolbox's kernels are square"),
    (
        "cnnnumgradcheck.m",
        r"gradient checking failed",
        "run cnnff and cnnbp on the same x and y first; in single precision the fixed tolerance "
        "of 1e-8 cannot be met",
    ),
    ("cnnsetup.m:35", r"out of memory", "scale must be at least 1"),
    ("", r"^conversion of", "outputmaps, kernelsize and scale must be whole numbers"),
    ("", r"\^|ones \(A\)", "kernelsize and scale must each be one number"),
    ("", r"never ends|^invalid range", "outputmaps and numepochs must be finite, below 2^63"),
    (
        "cnnsetup.m",
        r"nonconformant|wrong type|too large|net\(nan\)|range expression|^rand:",
        "outputmaps, kernelsize and scale must each be one whole number of at least 1",
    ),
    ("", r"range expression", "give numbers, no logical values, as counts and sizes"),
    ("cnnff.m:11", r"horizontal|nonconformant", "kernelsize must be one number"),
    ("cnnff.m:14", r"nan", "outputmaps must be a whole number"),
    (
        "cnnff.m:14",
        r"nonconformant",
        "the kernels do not fit: kernelsize must be the size of net.layers[l].k[i][j], and no "
        "larger than the maps; with batches of at least two images",
    ),
    ("cnnff.m:17", r"nonconformant", "each bias net.layers[l].b[j] must be one number"),
    ("cnnff.m:25", r"", "scale must be a whole number of at least 1"),
    ("cnnbp.m:20", r"", "y must be classes x N, and net what cnnff returned for these images"),
    ("cnnbp.m:26", r"horizontal", "scale must be one number"),
    ("expand.m", r"", "scale must be a whole number, and batches at least two images"),
    ("cnntrain.m:3", r"", "opts.batchsize must be one number that divides size(x, 3)"),
    ("cnntrain.m:9", r"", "opts.numepochs must be one number"),
    ("cnntrain.m", r"^kk", "opts.batchsize must be a whole number that divides size(x, 3)"),
    (
        "cnnapplygrads.m",
        r"nonconformant|multiplication",
        "opts.alpha must be one number, and net what cnnbp returned",
    ),
    ("cnnnumgradcheck.m", r"out of bound", "give a net after cnnff and cnnbp on the same x and y"),
    ("", r"^net\(", "the cells do not match outputmaps: run cnnsetup (and cnnff, cnnbp) again"),
    ("", r"nonconformant|reshape", "the net's fields do not fit each other: run cnnsetup again"),
    ("", r"^randperm", "give a whole number of at least 0"),
    ("", r"too large", "a size is negative, infinite or larger than the memory"),
    ("acnn", r"no member '(k|b|c|beta|W|ffW|ffb)'", "run acnnsetup first"),
    ("acnn", r"no member '(a|o|fv|A|p|pool)'", "run acnnff first"),
    ("acnn", r"no member '(e|L|od|fvd|d|d[kbcAW]|dbeta|dffW|dffb)'", "run acnnbp first"),
    ("", r"no member '(k|b|ffW|ffb)'", "run cnnsetup first"),
    ("", r"no member '(o|fv)'", "run cnnff first"),
    ("", r"no member '(e|od|dk|db|dffW|dffb|L)'", "run cnnbp first"),
    ("", r"no member", "set this field on the layer, the net or the options"),
)


def remedy(line, message):
    """Look a refusal up.

    Parameters
    ----------
    line : str or None
        The place in the original, such as ``"cnnff.m:11"``.
    message : str
        What Octave says there.

    Returns
    -------
    str or None
        The reason and the remedy, if they are known.
    """
    return next(
        (
            advice
            for place, pattern, advice in _REMEDIES
            if (line or "").startswith(place) and re.search(pattern, message)
        ),
        None,
    )
