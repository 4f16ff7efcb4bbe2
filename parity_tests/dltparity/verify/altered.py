"""Which weight explains that saved outputs are not what the saved weights give. Pure."""

import numpy as np

_LEFT = 1e-6  # of what is to be explained: what one weight may leave
_SATURATED = 1e-6  # nearer to 0 or 1 an output tells too little


def sums_of(outputs):
    """Tell from sigmoids the sums that they were taken of.

    Parameters
    ----------
    outputs : numpy.ndarray
        Sigmoids.

    Returns
    -------
    known : numpy.ndarray of bool
        Where they are no nearer to 0 or 1 than lets them tell.
    sums : numpy.ndarray
        The sums there, 0 elsewhere.
    """
    known = (outputs > _SATURATED) & (outputs < 1 - _SATURATED)
    inside = np.where(known, outputs, 0.5)
    return known, np.log(inside / (1 - inside))


def altered(inputs, weights, saved):
    """Find the weight of a unit whose change gives its saved outputs.

    Parameters
    ----------
    inputs : numpy.ndarray
        What the weights are multiplied by, (outputs, weights); ones for a bias.
    weights : numpy.ndarray
        The weights in the file, (weights,).
    saved : numpy.ndarray
        The saved outputs, sigmoids, (outputs,).

    Returns
    -------
    (int, float) or None
        Number of the weight and the value that the outputs tell; None where no change of a single
        weight gives them.
    """
    known, sums = sums_of(saved)
    inputs = inputs[known]
    missing = sums[known] - inputs @ weights
    size = (inputs**2).sum(axis=0)
    change = np.divide(inputs.T @ missing, size, out=np.zeros_like(size), where=size > 0)
    left = np.abs(missing[:, None] - inputs * change).max(axis=0, initial=0)
    best = int(np.argmin(left))
    most = np.abs(missing).max(initial=0)
    if not (most > 0 and left[best] <= _LEFT * most):
        return None
    return best, float(weights[best] + change[best])


def convolution(below, kernels, bias):
    """Arrange what gives a map of a convolution layer for `altered`.

    Parameters
    ----------
    below : list of numpy.ndarray
        The maps below, (rows, cols, N).
    kernels : list of numpy.ndarray
        Their kernels.
    bias : float
        The bias.

    Returns
    -------
    inputs, weights : numpy.ndarray
        The weights are the kernels' numbers column by column, then the bias.
    """
    rows, cols = kernels[0].shape
    columns = []
    for each in below:
        height, width = each.shape[0] - rows + 1, each.shape[1] - cols + 1
        for v in range(cols):
            for u in range(rows):
                top, left = rows - 1 - u, cols - 1 - v
                columns.append(each[top : top + height, left : left + width].ravel())
    columns.append(np.ones_like(columns[0]))
    weights = np.concatenate([*(k.ravel(order="F") for k in kernels), [float(bias)]])
    return np.stack(columns, axis=1), weights
