"""Port of matlab_ref/acnn/acnnsetup.m."""

from ..matlab import (
    MatlabError,
    any_,
    double,
    floor,
    isfield,
    numel,
    prod,
    rand,
    rmfield,
    row,
    size,
    sqrt,
    sum_,
    true,
    zeros,
)
from ..mfile import mfile
from .acnncheck import acnncheck
from .acnncount import acnncount
from .acnnget import acnnget
from .acnnsize import acnnsize
from .acnntext import acnntext


@mfile
def acnnsetup(net, x, y, rng):
    """Give a net its weights.

    Port of matlab_ref/acnn/acnnsetup.m. Equation E28, where `net` has the field normalize.

    Parameters
    ----------
    net : Net
        Its layers: the first is 'i', with channels for images of several; then in any order

        - 'c', a convolution: outputmaps, kernelsize, maps (logical, maps below x outputmaps: who
          is connected to whom; default all);
        - 'a', a learned combination: outputmaps, kernelsize, shared (default True: one kernel for
          each map below; False: one for each pair), lam (at least 0, default 0) times the penalty
          'l1' (default) or 'entropy';
        - 's', a subsampling: scale, trainable (default False: it averages);
        - 'f', fully connected: units; only further 'f' may follow.

        All but the averaging 's' take an activation, 'sigm' (default), 'tanh' or 'linear', and so
        does the net for its output. The net's normalize, 'set' or 'pixel', brings images to mean 0
        and deviation 1, as one set or each pixel for itself.
    x : numpy.ndarray
        Images (rows, cols, N) or (rows, cols, channels, N), any class: the training set where
        `net` has normalize, else only their size counts.
    y : numpy.ndarray
        Targets (classes, N); only the number of classes counts.
    rng : OctaveRandom
        Where the weights are drawn from: any object with ``rand(rows, cols)``.

    Returns
    -------
    Net
        A net with weights k and W and ffW drawn uniformly within sqrt(6 / (fan_in + fan_out))
        around 0, biases of 0, logits c of 0 and beta of one over the window; all double. With
        normalize also mu and sigma.

    Raises
    ------
    MatlabError
        If the layers do not fit each other or the images: which layer, what was got, what was
        expected.
    """
    acnncheck(net)  # acnnsetup.m:7
    count = acnncount(net, x)  # acnnsetup.m:8
    if size(y, 1) == 0:  # acnnsetup.m:9
        raise MatlabError(
            f"layer {len(net.layers) + 1}: targets of size {acnnsize(y)} were given, "
            "expected a row for each output"
        )  # acnnsetup.m:10
    if isfield(net, "normalize"):  # acnnsetup.m:13
        net = moments(net, x, count)  # acnnsetup.m:14
    maps = acnnget(net.layers[0], "channels", 1)  # acnnsetup.m:16
    side = row(size(x, 1), size(x, 2))  # acnnsetup.m:17
    for l in range(1, len(net.layers)):  # acnnsetup.m:18
        net.layers[l] = fresh(net.layers[l])  # acnnsetup.m:19
        layer = net.layers[l]  # acnnsetup.m:20
        if layer.type == "s":  # acnnsetup.m:21
            below = side  # acnnsetup.m:22
            side = side / double(layer.scale)  # acnnsetup.m:23
            if any_(side != floor(side)):  # acnnsetup.m:24
                raise MatlabError(
                    f"layer {l + 1}: its scale {acnntext(layer.scale)} does not divide "
                    f"the maps of {below[0]:.0f}x{below[1]:.0f} below it"
                )  # acnnsetup.m:25
            net.layers[l].b[:maps] = [0.0 for _ in range(maps)]  # acnnsetup.m:28
            if acnnget(layer, "trainable", False):  # acnnsetup.m:29
                beta = float(1 / prod(double(layer.scale) * row(1, 1)))  # acnnsetup.m:30
                net.layers[l].beta[:maps] = [beta for _ in range(maps)]  # acnnsetup.m:30
        elif layer.type == "f":  # acnnsetup.m:32
            features = prod(side) * maps  # acnnsetup.m:33
            maps = layer.units  # acnnsetup.m:34
            net.layers[l].W = uniform(rng, row(maps, features), maps + features)  # acnnsetup.m:35
            net.layers[l].b = zeros(maps, 1)  # acnnsetup.m:36
            side = row(1, 1)  # acnnsetup.m:37
        else:
            q = double(layer.kernelsize) * row(1, 1)  # acnnsetup.m:39
            if any_(side < q):  # acnnsetup.m:40
                raise MatlabError(
                    f"layer {l + 1}: its kernels of {q[0]:.0f}x{q[1]:.0f} are larger than "
                    f"the maps of {side[0]:.0f}x{side[1]:.0f} below it"
                )  # acnnsetup.m:41
            side = side - q + 1  # acnnsetup.m:44
            outputs = layer.outputmaps  # acnnsetup.m:45
            table = acnnget(layer, "maps", true(maps, outputs))  # acnnsetup.m:46
            kernels = outputs  # acnnsetup.m:47
            if layer.type == "a":  # acnnsetup.m:48
                net.layers[l].c = zeros(maps, outputs)  # acnnsetup.m:49
                if acnnget(layer, "shared", True):  # acnnsetup.m:50
                    kernels = 1  # acnnsetup.m:51
            for j in range(kernels):  # acnnsetup.m:54
                for i in range(maps):  # acnnsetup.m:55
                    net.layers[l].k[i][j] = zeros((0, 0))  # acnnsetup.m:56
                    if table[i, j]:  # acnnsetup.m:57
                        fans = (sum_(table[:, j]) + sum_(table[i, :])) * prod(q)  # acnnsetup.m:58
                        net.layers[l].k[i][j] = uniform(rng, q, fans)  # acnnsetup.m:59
            net.layers[l].b[:outputs] = [0.0 for _ in range(outputs)]  # acnnsetup.m:63
            maps = outputs  # acnnsetup.m:64
    features = prod(side) * maps  # acnnsetup.m:67
    classes = size(y, 1)  # acnnsetup.m:68
    net.ffb = zeros(classes, 1)  # acnnsetup.m:69
    net.ffW = uniform(rng, row(classes, features), classes + features)  # acnnsetup.m:70
    return net


def fresh(layer):
    """Return the layer without what an earlier setup or pass has left in it."""
    left = (
        *("a", "d", "k", "dk", "b", "db", "beta", "dbeta", "pool", "p", "c", "dc", "A", "dA"),
        *("W", "dW", "fv"),
    )  # acnnsetup.m:75
    layer = rmfield(layer, [name for name in left if isfield(layer, name)])  # acnnsetup.m:77
    return layer


def uniform(rng, dims, fans):
    """Draw weights, uniform within sqrt(6 / fans) around 0."""
    w = (rand(rng, *dims) - 0.5) * 2 * sqrt(6 / fans)  # acnnsetup.m:82
    return w


def moments(net, x, count):
    """Take mean and deviation of the training set, of all pixels or of each, in two passes."""
    x = double(x)  # acnnsetup.m:87
    along = 3 + (acnnget(net.layers[0], "channels", 1) > 1)  # acnnsetup.m:88
    if net.normalize == "pixel":  # acnnsetup.m:89
        net.mu = sum_(x, along) / count  # acnnsetup.m:90
        off = x - net.mu  # acnnsetup.m:91
        net.sigma = sqrt(sum_(off * off, along) / max(count - 1, 1))  # acnnsetup.m:92
    else:
        net.mu = sum_(x) / numel(x)  # acnnsetup.m:94
        off = x - net.mu  # acnnsetup.m:95
        net.sigma = sqrt(sum_(off * off) / max(numel(x) - 1, 1))  # acnnsetup.m:96
    net.sigma[net.sigma == 0] = 1  # acnnsetup.m:98
    return net
