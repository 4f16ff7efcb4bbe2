# The types of the public functions, whose keywords engine and threads no source line has.
# A test holds each signature to the function's own.

from collections.abc import Callable
from os import PathLike
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .net import Net, Opts

class _Draws(Protocol):
    def rand(self, *sizes: int) -> Any: ...

class _Shuffles(Protocol):
    def randperm(self, n: int) -> Any: ...

_Engine = Literal["auto", "lines", "compiled"]

def acnnapplygrads(net: Net, opts: Opts) -> Net: ...
def acnnbp(net: Net, y: ArrayLike, *, engine: _Engine = "auto", threads: int = 1) -> Net: ...
def acnnff(net: Net, x: ArrayLike, *, engine: _Engine = "auto", threads: int = 1) -> Net: ...
def acnnloss(net: Net, y: ArrayLike) -> tuple[float, NDArray[Any]]: ...
def acnnnumgradcheck(
    net: Net, x: ArrayLike, y: ArrayLike, tolerance: float | None = None
) -> float: ...

# An int for one image, else an array: Any, as both would have to be told apart at each use.
def acnnpredict(net: Net, x: ArrayLike, *, engine: _Engine = "auto", threads: int = 1) -> Any: ...
def acnnsetup(net: Net, x: ArrayLike, y: ArrayLike, rng: _Draws) -> Net: ...
def acnntest(
    net: Net, x: ArrayLike, y: ArrayLike, *, engine: _Engine = "auto", threads: int = 1
) -> tuple[float, NDArray[np.intp]]: ...
def acnntrain(
    net: Net,
    x: ArrayLike,
    y: ArrayLike,
    opts: Opts,
    rng: _Shuffles,
    verbose: bool = True,
    *,
    callback: Callable[[Net, int, int], bool | None] | None = None,
    schedule: Callable[[int, int], float] | None = None,
    checkpoint: str | PathLike[str] | None = None,
    continue_rL: bool = False,
    engine: _Engine = "auto",
    threads: int = 1,
) -> Net: ...
def cnnapplygrads(net: Net, opts: Opts) -> Net: ...
def cnnbp(net: Net, y: ArrayLike, *, engine: _Engine = "auto", threads: int = 1) -> Net: ...
def cnnff(net: Net, x: ArrayLike, *, engine: _Engine = "auto", threads: int = 1) -> Net: ...
def cnnnumgradcheck(net: Net, x: ArrayLike, y: ArrayLike) -> None: ...
def cnnpredict(net: Net, x: ArrayLike, *, engine: _Engine = "auto", threads: int = 1) -> Any: ...
def cnnsetup(net: Net, x: ArrayLike, y: ArrayLike, rng: _Draws) -> Net: ...
def cnntest(
    net: Net, x: ArrayLike, y: ArrayLike, *, engine: _Engine = "auto", threads: int = 1
) -> tuple[float, NDArray[np.intp]]: ...
def cnntrain(
    net: Net,
    x: ArrayLike,
    y: ArrayLike,
    opts: Opts,
    rng: _Shuffles,
    verbose: bool = True,
    *,
    callback: Callable[[Net, int, int], bool | None] | None = None,
    schedule: Callable[[int, int], float] | None = None,
    checkpoint: str | PathLike[str] | None = None,
    continue_rL: bool = False,
    engine: _Engine = "auto",
    threads: int = 1,
) -> Net: ...
