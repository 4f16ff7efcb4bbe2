"""Where the port's modules are, and hashes that tell one state of the port from another."""

import hashlib
from pathlib import Path

import dltcnn

PORT = Path(dltcnn.__file__).parent


def modules(*rooms):
    """List the modules of the port's rooms.

    Parameters
    ----------
    rooms : str
        Folders of `dltcnn`, '' for the modules that stand beside them.

    Returns
    -------
    tuple of str
        Their names within `dltcnn`, such as ``cnn.cnnff``, in alphabetical order.
    """
    return tuple(
        f"{room}.{path.stem}" if room else path.stem
        for room in rooms
        for path in sorted((PORT / room).glob("*.py"))
        if path.stem != "__init__"
    )


def path_of(module):
    """Return the file of a module, such as ``cnn.cnnff``."""
    return PORT.joinpath(*module.split(".")).with_suffix(".py")


def module_of(name):
    """Find the module of a ported function, such as ``cnnff``; None if there is none."""
    return next(
        (module for module in modules("cnn", "util", "acnn") if module.endswith(f".{name}")), None
    )


def port(family="cnn"):
    """Hash what computes the port's results.

    Parameters
    ----------
    family : {'cnn', 'acnn'}
        Whose functions; acnn's use the toolbox's.

    Returns
    -------
    str
        Sixteen hexadecimal digits, of the line-by-line files and what they are built on.
    """
    rooms = ("", "cnn", "util", "matlab", *(("acnn",) if family == "acnn" else ()))
    return of(path_of(name) for name in modules(*rooms))


def source(module):
    """Hash one module's file; None where there is no such module (any more)."""
    path = path_of(module)
    return of([path]) if path.is_file() else None


def of(paths):
    """Hash files: sixteen hexadecimal digits."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()[:16]
