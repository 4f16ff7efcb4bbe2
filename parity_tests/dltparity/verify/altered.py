"""Which kernel explains that a saved activation is not what the saved weights give. Pure."""

import numpy as np


def altered(below, kernels, bias, saved):
    """Find the kernel values, and the bias, that give saved activations.

    Parameters
    ----------
    below : list of numpy.ndarray
        The maps below, (rows, cols, N).
    kernels : list of numpy.ndarray
        Their kernels in the file.
    bias : float
        The bias in the file.
    saved : numpy.ndarray
        The saved map, sigmoids in (0, 1).

    Returns
    -------
    list of (int, tuple, float, float)
        Number of the map below, subscripts, value in the file, value that the activations tell;
        those whose difference stands out. Map 0 is the bias.
    """
    rows, cols = kernels[0].shape
    with np.errstate(all="ignore"):
        wanted = np.log(saved / (1 - saved)).ravel()
    columns = []
    for each in below:
        height, width = each.shape[0] - rows + 1, each.shape[1] - cols + 1
        for v in range(cols):
            for u in range(rows):
                top, left = rows - 1 - u, cols - 1 - v
                columns.append(each[top : top + height, left : left + width].ravel())
    columns.append(np.ones_like(wanted))
    design = np.stack(columns, axis=1)
    given = np.concatenate([*(k.ravel(order="F") for k in kernels), [float(bias)]])
    known = np.isfinite(wanted)
    change = np.linalg.lstsq(design[known], (wanted - design @ given)[known], rcond=None)[0]
    size = kernels[0].size
    found = []
    for n in np.flatnonzero(np.abs(change) > np.abs(change).max() / 2):
        if n == len(given) - 1:
            found.append((0, (), given[n], given[n] + change[n]))
        else:
            at = np.unravel_index(n % size, kernels[0].shape, order="F")
            found.append((n // size + 1, at, given[n], given[n] + change[n]))
    return found
