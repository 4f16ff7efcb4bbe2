"""Which BLAS an Octave session runs on: the bits of a product depend on it."""

import contextlib
import os
import sysconfig
from collections.abc import Iterator
from pathlib import Path


class NoReferenceBlas(RuntimeError):  # noqa: N818
    """Octave could not be started on the reference BLAS."""


_REMEDY = (
    "install it (Debian and Ubuntu: apt install libblas3 liblapack3; Fedora: dnf install "
    'flexiblas-netlib) or ask for blas="system", where only the rounding bound is promised'
)


def variables(blas: str) -> dict[str, str | None]:
    """Return the environment variables that choose the BLAS of a new process.

    Parameters
    ----------
    blas : {"reference", "system"}
        The BLAS wanted.

    Returns
    -------
    dict
        Name to value; empty for "system".
    """
    if blas == "system":
        return {}
    chosen: dict[str, str | None] = {"FLEXIBLAS": "NETLIB"}
    folders = _reference_folders()
    if folders:
        inherited = os.environ.get("LD_LIBRARY_PATH")
        parts = [str(folder) for folder in folders] + ([inherited] if inherited else [])
        chosen["LD_LIBRARY_PATH"] = os.pathsep.join(parts)
    return chosen


def require_reference(found: str) -> None:
    """Refuse a session that does not run on the reference BLAS.

    Parameters
    ----------
    found : str
        What Octave's ``version("-blas")`` says.

    Raises
    ------
    NoReferenceBlas
        If that is neither the reference BLAS nor FlexiBLAS, which hides its backend.
    """
    flexiblas = found.startswith("FlexiBLAS") and "\n" not in found
    if not (flexiblas or "reference" in found):
        raise NoReferenceBlas(
            f"Octave runs on {found!r} where the reference BLAS was asked for: {_REMEDY}"
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


def _reference_folders() -> list[Path]:
    """Find the folders of the reference libblas and liblapack (Debian's layout)."""
    multiarch = sysconfig.get_config_var("MULTIARCH")
    roots = [Path("/usr/lib", multiarch)] if multiarch else []
    roots += sorted(Path("/usr/lib").glob("*-linux-gnu*"))
    for root in roots:
        if (root / "blas" / "libblas.so.3").exists():
            return [root / "blas", root / "lapack"]
    return []
