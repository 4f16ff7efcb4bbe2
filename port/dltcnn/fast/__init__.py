"""The quick engine: the same training as the line-by-line functions, many times faster.

``dltcnn.cnntrain(..., engine="fast")`` is ``dltcnn.fast.cnntrain(...)``. The functions have the
names, arguments and results of those in `dltcnn`, and the nets are the same `Net`, with every field
that the toolbox leaves.

Which to use
------------
The line-by-line functions give Octave's bits, whatever the numbers. The quick engine gives the
same values up to rounding: its error is at most four times theirs, or four unit roundoffs of the
step on absolute values. So it is for training and prediction, and the other for comparing. Same
arguments, same machine and same number of threads: same bits.

It works on nets of the form input, perhaps a subsampling layer, then convolutions, each but the
last followed by a subsampling layer, in double or single throughout. With the acnn functions there
may be convolutions without one, batches of one image, and a smaller last batch. It hands every
other net to the line-by-line functions, which train it or refuse it in the toolbox's words: those
with combination, hidden or trainable subsampling layers, connection tables, tanh or linear units,
rectangular kernels or windows, several channels, or normalized images. It refuses images, targets
and weights with NaN or Inf (`NotFiniteError`), and training that leads to such weights. Numbers so
large that a convolution overflows are not looked for.

Threads
-------
The matrix products are too small for BLAS to share out: on one core or several, give BLAS one
thread, with ``OPENBLAS_NUM_THREADS=1`` in the environment (or MKL_NUM_THREADS, or around the call
``with threadpoolctl.threadpool_limits(1, "blas"):``), and give `cnntrain` and `cnntest` as many
`threads` as there are cores. They share out what is worth it: large images, batches or nets, but
not the toolbox's example, whose 50 images of 28x28 are through sooner on one thread. The engine
never changes such a setting itself.

Memory
------
A batch is cut into chunks of fixed size, so that only the fields of the returned net grow with
the batch. Large sets of images train quickest with each image in one piece of memory, as
``images.transpose(1, 2, 0)`` of an array (N, rows, cols) has them, or in Fortran order.
"""

from ..acnn.acnnapplygrads import acnnapplygrads
from ..cnn.cnnapplygrads import cnnapplygrads
from .accept import NotFiniteError
from .acnnbp import acnnbp
from .acnnff import acnnff
from .acnntest import acnntest
from .acnntrain import acnntrain
from .cnnbp import cnnbp
from .cnnff import cnnff
from .cnntest import cnntest
from .cnntrain import cnntrain

__all__ = [
    "NotFiniteError",
    "acnnapplygrads",
    "acnnbp",
    "acnnff",
    "acnntest",
    "acnntrain",
    "cnnapplygrads",
    "cnnbp",
    "cnnff",
    "cnntest",
    "cnntrain",
]
