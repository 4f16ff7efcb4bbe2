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
    old = ("mu", "sigma")  # acnnsetup.m:13
    net = rmfield(net, [name for name in old if isfield(net, name)])  # acnnsetup.m:14
    if isfield(net, "normalize"):  # acnnsetup.m:15
        net = moments(net, x, count)  # acnnsetup.m:16
    maps = acnnget(net.layers[0], "channels", 1)  # acnnsetup.m:18
    side = row(size(x, 1), size(x, 2))  # acnnsetup.m:19
    for l in range(1, len(net.layers)):  # acnnsetup.m:20
        net.layers[l] = fresh(net.layers[l])  # acnnsetup.m:21
        layer = net.layers[l]  # acnnsetup.m:22
        if layer.type == "s":  # acnnsetup.m:23
            below = side  # acnnsetup.m:24
            side = side / double(layer.scale)  # acnnsetup.m:25
            if any_(side != floor(side)):  # acnnsetup.m:26
                raise MatlabError(
                    f"layer {l + 1}: its scale {acnntext(layer.scale)} does not divide "
                    f"the maps of {below[0]:.0f}x{below[1]:.0f} below it"
                )  # acnnsetup.m:27
            net.layers[l].b[:maps] = [0.0 for _ in range(maps)]  # acnnsetup.m:30
            if acnnget(layer, "trainable", False):  # acnnsetup.m:31
                beta = float(1 / prod(double(layer.scale) * row(1, 1)))  # acnnsetup.m:32
                net.layers[l].beta[:maps] = [beta for _ in range(maps)]  # acnnsetup.m:32
        elif layer.type == "f":  # acnnsetup.m:34
            features = prod(side) * maps  # acnnsetup.m:35
            maps = layer.units  # acnnsetup.m:36
            net.layers[l].W = uniform(rng, row(maps, features), maps + features)  # acnnsetup.m:37
            net.layers[l].b = zeros(maps, 1)  # acnnsetup.m:38
            side = row(1, 1)  # acnnsetup.m:39
        else:
            q = double(layer.kernelsize) * row(1, 1)  # acnnsetup.m:41
            if any_(side < q):  # acnnsetup.m:42
                raise MatlabError(
                    f"layer {l + 1}: its kernels of {q[0]:.0f}x{q[1]:.0f} are larger than "
                    f"the maps of {side[0]:.0f}x{side[1]:.0f} below it"
                )  # acnnsetup.m:43
            side = side - q + 1  # acnnsetup.m:46
            outputs = layer.outputmaps  # acnnsetup.m:47
            table = acnnget(layer, "maps", true(maps, outputs))  # acnnsetup.m:48
            kernels = outputs  # acnnsetup.m:49
            if layer.type == "a":  # acnnsetup.m:50
                net.layers[l].c = zeros(maps, outputs)  # acnnsetup.m:51
                if acnnget(layer, "shared", True):  # acnnsetup.m:52
                    kernels = 1  # acnnsetup.m:53
            for j in range(kernels):  # acnnsetup.m:56
                for i in range(maps):  # acnnsetup.m:57
                    net.layers[l].k[i][j] = zeros((0, 0))  # acnnsetup.m:58
                    if table[i, j]:  # acnnsetup.m:59
                        fans = (sum_(table[:, j]) + sum_(table[i, :])) * prod(q)  # acnnsetup.m:60
                        net.layers[l].k[i][j] = uniform(rng, q, fans)  # acnnsetup.m:61
            net.layers[l].b[:outputs] = [0.0 for _ in range(outputs)]  # acnnsetup.m:65
            maps = outputs  # acnnsetup.m:66
    features = prod(side) * maps  # acnnsetup.m:69
    classes = size(y, 1)  # acnnsetup.m:70
    net.ffb = zeros(classes, 1)  # acnnsetup.m:71
    net.ffW = uniform(rng, row(classes, features), classes + features)  # acnnsetup.m:72
    return net


def fresh(layer):
    """Return the layer without what an earlier setup or pass has left in it."""
    left = (
        *("a", "d", "k", "dk", "b", "db", "beta", "dbeta", "pool", "p", "c", "dc", "A", "dA"),
        *("W", "dW", "fv"),
    )  # acnnsetup.m:77
    layer = rmfield(layer, [name for name in left if isfield(layer, name)])  # acnnsetup.m:79
    return layer


def uniform(rng, dims, fans):
    """Draw weights, uniform within sqrt(6 / fans) around 0."""
    w = (rand(rng, *dims) - 0.5) * 2 * sqrt(6 / fans)  # acnnsetup.m:84
    return w


def moments(net, x, count):
    """Take mean and deviation of the training set, of all pixels or of each, in two passes."""
    x = double(x)  # acnnsetup.m:89
    along = 3 + (acnnget(net.layers[0], "channels", 1) > 1)  # acnnsetup.m:90
    if net.normalize == "pixel":  # acnnsetup.m:91
        net.mu = sum_(x, along) / count  # acnnsetup.m:92
        off = x - net.mu  # acnnsetup.m:93
        net.sigma = sqrt(sum_(off * off, along) / max(count - 1, 1))  # acnnsetup.m:94
    else:
        net.mu = sum_(x) / numel(x)  # acnnsetup.m:96
        off = x - net.mu  # acnnsetup.m:97
        net.sigma = sqrt(sum_(off * off) / max(numel(x) - 1, 1))  # acnnsetup.m:98
    net.sigma[net.sigma == 0] = 1  # acnnsetup.m:100
    return net
