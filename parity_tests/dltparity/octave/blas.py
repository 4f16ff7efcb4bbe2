"""Which BLAS an Octave session runs on: the bits of a product depend on it."""

import contextlib
import os
import sysconfig
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


class NoBlas(RuntimeError):  # noqa: N818
    """Octave could not be started on the BLAS that was asked for."""


def _reference_variables() -> dict[str, str | None]:
    chosen: dict[str, str | None] = {"FLEXIBLAS": "NETLIB"}
    folders = _reference_folders()
    if folders:
        inherited = os.environ.get("LD_LIBRARY_PATH")
        parts = [str(folder) for folder in folders] + ([inherited] if inherited else [])
        chosen["LD_LIBRARY_PATH"] = os.pathsep.join(parts)
    return chosen


def _reference_folders() -> list[Path]:
    """Find the folders of the reference libblas and liblapack (Debian's layout)."""
    multiarch = sysconfig.get_config_var("MULTIARCH")
    roots = [Path("/usr/lib", multiarch)] if multiarch else []
    roots += sorted(Path("/usr/lib").glob("*-linux-gnu*"))
    for root in roots:
        if (root / "blas" / "libblas.so.3").exists():
            return [root / "blas", root / "lapack"]
    return []


def _is_reference(found: str) -> bool:
    """Tell whether this is the reference BLAS, or FlexiBLAS, which hides what it calls."""
    flexiblas = found.startswith("FlexiBLAS") and "\n" not in found
    return flexiblas or "reference" in found


@dataclass(frozen=True)
class Blas:
    """A BLAS that Octave can be started on.

    Attributes
    ----------
    promise : {'bit', 'bound'}
        What the port is held to on it.
    variables : callable
        Returns the environment variables that choose it: name -> value, None to remove one.
    is_right : callable
        Tells from what Octave's ``version("-blas")`` says whether it is the one.
    remedy : str
        What to do where it is missing.
    """

    promise: str
    variables: Callable[[], dict[str, str | None]]
    is_right: Callable[[str], bool]
    remedy: str


REFERENCE, SYSTEM = "reference", "system"
# Where none is asked for, the first one that is installed is taken.
BLAS = {
    REFERENCE: Blas(
        promise="bit",
        variables=_reference_variables,
        is_right=_is_reference,
        remedy="install it (Debian and Ubuntu: apt install libblas3 liblapack3; Fedora: dnf "
        'install flexiblas-netlib) or ask for blas="system", where only the rounding bound is '
        "promised",
    ),
    SYSTEM: Blas(
        promise="bound", variables=dict, is_right=lambda found: True, remedy="install Octave anew"
    ),
}


def variables(name: str) -> dict[str, str | None]:
    """Return the environment variables that choose the BLAS of a new process.

    Parameters
    ----------
    name : str
        A key of `BLAS`.

    Returns
    -------
    dict
        Name -> value; empty for "system".
    """
    return BLAS[name].variables()


def require(name: str, found: str) -> None:
    """Refuse a session that does not run on the BLAS that was asked for.

    Parameters
    ----------
    name : str
        A key of `BLAS`.
    found : str
        What Octave's ``version("-blas")`` says.

    Raises
    ------
    NoBlas
        If that is another one.
    """
    if not BLAS[name].is_right(found):
        raise NoBlas(
            f"Octave runs on {found!r} where the {name} BLAS was asked for: {BLAS[name].remedy}"
        )


@contextlib.contextmanager
def environment(changes: dict[str, str | None]) -> Iterator[None]:
    """Change environment variables for the length of a block; None removes one."""
    before = {name: os.environ.get(name) for name in changes}
    _set(changes)
    try:
        yield
    finally:
        _set(before)


def _set(values: dict[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
