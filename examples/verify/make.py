"""Train a net with the original toolbox in Octave and save it with its data and options.

    python examples/verify/make.py FOLDER

FOLDER gets net.mat, data.mat and opts.mat, and altered.mat: the same net, one number of one kernel
of which was changed after the training. The original's files are taken from the cache
(`dltparity fetch`).
"""

import sys
from pathlib import Path

from dltparity.octave.session import Octave
from dltparity.original.cache import OriginalMissing, octave_paths, require_original

_TRAIN = """
    net.layers = {struct('type', 'i'), struct('type', 'c', 'outputmaps', 2, 'kernelsize', 3), ...
                  struct('type', 's', 'scale', 2)};
    rand('state', 0);
    x = rand(8, 8, 60) / 2;
    y = zeros(3, 60);
    for n = 1 : 60  % the class is where the bright rows are
        k = mod(n, 3) + 1;
        y(k, n) = 1;
        x(2 * k : 2 * k + 1, :, n) = x(2 * k : 2 * k + 1, :, n) + 0.5;
    end
    opts = struct('alpha', 0.5, 'batchsize', 5, 'numepochs', 2);
    net = cnntrain(cnnsetup(net, x, y), x, y, opts);
    save('-v7', [folder '/net.mat'], 'net');
    save('-v7', [folder '/data.mat'], 'x', 'y');
    save('-v7', [folder '/opts.mat'], 'opts');
    net.layers{2}.k{1}{2}(3, 1) = net.layers{2}.k{1}{2}(3, 1) + 0.125;
    save('-v7', [folder '/altered.mat'], 'net');
"""


def make(folder):
    """Write the files."""
    folder = Path(folder).resolve()  # the session works in a folder of its own
    folder.mkdir(parents=True, exist_ok=True)
    with Octave(paths=octave_paths(require_original())) as session:
        session.give("folder", str(folder))
        session.eval(_TRAIN)
    print(f"net.mat, data.mat, opts.mat and altered.mat are in {folder}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: python {sys.argv[0]} FOLDER")
    try:
        make(sys.argv[1])
    except OriginalMissing as error:
        sys.exit(str(error))
