"""All functions as they are behind the front door: what the parity harness compares."""

from .acnn.acnnapplygrads import acnnapplygrads
from .acnn.acnnloss import acnnloss
from .acnn.acnnnumgradcheck import acnnnumgradcheck
from .acnn.acnnsetup import acnnsetup
from .cnn.cnnapplygrads import cnnapplygrads
from .cnn.cnnnumgradcheck import cnnnumgradcheck
from .cnn.cnnsetup import cnnsetup
from .engines import (
    acnnbp,
    acnnff,
    acnnpredict,
    acnntest,
    acnntrain,
    cnnbp,
    cnnff,
    cnnpredict,
    cnntest,
    cnntrain,
)

__all__ = [
    "acnnapplygrads",
    "acnnbp",
    "acnnff",
    "acnnloss",
    "acnnnumgradcheck",
    "acnnpredict",
    "acnnsetup",
    "acnntest",
    "acnntrain",
    "cnnapplygrads",
    "cnnbp",
    "cnnff",
    "cnnnumgradcheck",
    "cnnpredict",
    "cnnsetup",
    "cnntest",
    "cnntrain",
]
