"""How a training on real images ended, in the reference and in the port."""

from ..traces.recording import Digest
from .fields import compare_field


def outcome(case, reference, port):
    """Summarise a training.

    Parameters
    ----------
    case : Case
        The case.
    reference, port : dict of str to (numpy.ndarray or Digest)
        The traces.

    Returns
    -------
    dict or None
        'images', 'epochs', 'batchsize', 'test_images'; 'test_error' and 'misclassified' (how many
        of the test images), each as [reference's, port's]; and 'same_images', whether the
        misclassified ones are the same. None for random images, whose test error means nothing, and
        where a trace has no result, or only its digest.
    """
    if case.source == "random":
        return None
    error, bad = (
        [trace.get(f"test.{name}") for trace in (reference, port)] for name in ("er", "bad")
    )
    if any(value is None or isinstance(value, Digest) for value in (*error, *bad)):
        return None
    return {
        "images": case.x.shape[2],
        "epochs": case.epochs,
        "batchsize": case.batchsize,
        "test_images": case.test_x.shape[2],
        "test_error": [float(value.item()) for value in error],
        "misclassified": [value.size for value in bad],
        "same_images": compare_field("test.bad", *bad).same,
    }
