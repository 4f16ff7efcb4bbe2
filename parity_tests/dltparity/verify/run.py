"""A user's net -> what is to be reported of it."""

import hashlib
import os
import warnings
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from dltcnn.unused import PLAIN, DltWarning, counts

from .. import machine
from ..errors import RequestError
from ..octave.blas import BLAS, NoBlas
from ..octave.errors import OctaveDied, OctaveError
from ..octave.session import Octave
from ..octave.shadows import check_unshadowed
from ..original.cache import octave_paths, require_original
from ..toolbox.copy import find
from ..toolbox.staging import staged
from ..traces.python_functions import Functions
from ..traces.references import acnn_paths
from ..traces.trace import net_fields
from . import last_batch
from .batches import misfits
from .fitting import check_data, foreign
from .on_data import OnData
from .read import read
from .stages import FAIL, Stages

_SECONDS = 300  # for one call of a function, on either side
_KNOWN = {"i", "c", "s", "a", "f"}


@dataclass(frozen=True)
class Sides:
    """What is held against each other.

    Attributes
    ----------
    family : str
        'cnn' or 'acnn': whose names the functions have.
    python : Functions
        The port's functions, or a user's own.
    lines : bool
        Whether Octave runs the toolbox's own functions, whose lines and bounds are known.
    seconds : float
        After which a call is ended.
    """

    family: str
    python: Functions
    lines: bool
    seconds: float = _SECONDS


def run(path, name=None, data=None, opts=None, toolbox=None, port=None, steps=None):
    """Verify a net.

    Parameters
    ----------
    path, opts : Path
        The net's file, and that of options where there is one.
    name : str, optional
        The net's variable, or the way to it.
    data : Path, optional
        A file or folder with images and targets.
    toolbox : Path, optional
        The folder of an edited toolbox, which runs in place of the original.
    port : str, optional
        A Python module with functions of the toolbox's names, which run in place of the port's.
    steps : int, optional
        How many batches are trained; by default what the options say.

    Returns
    -------
    dict
        JSON types only.

    Raises
    ------
    RequestError
        If a file does not hold what it should, or there is no such toolbox or module.
    OriginalMissing
        If the toolbox's functions, or an edited toolbox's, are to run and the original's files are
        not in the cache.
    NoOctave, NoBlas
        If Octave does not run on any BLAS.
    """
    given = read(path, name, data, opts)
    _check_steps(given, steps)
    family = "cnn" if toolbox else _family(given.net)
    given.notes += misfits(given, family, steps)
    sides = Sides(family, Functions(port), family == "cnn" and toolbox is None)
    stages = Stages(given.net, sides.lines)
    unknown = _unknown(given.net, toolbox) or foreign(given.net)
    if unknown:
        stages.skip("the net", unknown)
        stages.cause = unknown
    else:
        _show(given.net, stages)
        if given.data is None:
            stages.skip("the net on data", "give --data")
        elif toolbox is None:  # an edited toolbox may take what it likes
            check_data(given, family)
    with ExitStack() as stack, warnings.catch_warnings():
        warnings.simplefilter("ignore", DltWarning)  # the notes name the fields
        folders, files = _functions(family, toolbox, stack)
        about = {}
        for blas in BLAS:
            try:
                session = stack.enter_context(Octave(blas, folders, _SECONDS))
            except NoBlas as error:
                given.notes.append(str(error))
                continue
            if toolbox is None:  # an edited toolbox may bring what it likes
                check_unshadowed(session, folders)
            about[blas] = session.info()
            if not unknown:
                _on(session, blas, given, sides, stages, steps, first=len(about) == 1)
    if not about:
        raise NoBlas("; ".join(given.notes))
    given_files = (path, opts, *(given.data.files if given.data else ()), *sides.python.files())
    files += [(str(each), each) for each in given_files if each is not None]
    return {
        "schema": 1,
        "file": str(path),
        "place": _place(path),
        "name": name,
        "verdict": _verdict(stages),
        "cause": stages.cause,
        "writer": given.writer,
        "family": family,
        "toolbox": toolbox and str(toolbox),
        "port": port,
        "stages": stages.judged,
        "not_judged": stages.not_judged,
        "pictures": stages.pictures,
        "notes": given.notes,
        "provenance": {
            **machine.describe(),
            "octave": next(iter(about.values()))["version"],
            "blas": {name: each["blas"] for name, each in about.items()},
        },
        "files": [
            {"path": name, "sha256": hashlib.sha256(Path(each).read_bytes()).hexdigest()}
            for name, each in files
        ],
    }


def _show(net, stages):
    held = {f"ff.{path}": value for path, value in net_fields(net).items()}
    stages.show("the net in the file", ["the file"], held, held, kernels="ff", losses="ff.rL")


def _place(path):
    """Tell files of the same name apart, from whatever folder they are named, without a path."""
    return hashlib.sha256(os.fsencode(Path(path).resolve())).hexdigest()[:16]


def _check_steps(given, steps):
    """Refuse batches to train that there are no images for."""
    if steps is None:
        return
    size = None if given.opts is None else vars(given.opts).get("batchsize")
    if given.data is None or size is None:
        raise RequestError("--steps needs --data, and --opts with a batchsize")
    if size < 1 or size % 1:  # NaN and Inf have no remainder
        raise RequestError(
            f"--steps {steps} was given, and batchsize is {size:g}: expected a whole number of "
            "images from 1 on"
        )
    most = int(given.data.x.shape[-1] // size)
    if steps > most:
        raise RequestError(
            f"--steps {steps} was given, and an epoch has {most} batches of {size:g} images: leave "
            "it out for the whole training"
        )


def _family(net):
    """Whose functions take a net: the toolbox's where they do, else acnn's."""
    kinds = [layer.type for layer in net.layers]
    own = {"activation", "normalize"} & vars(net).keys()
    in_a_row = any(a == b == "c" for a, b in pairwise(kinds))
    needed = own or in_a_row or set(kinds) - {"i", "c", "s"} or any(map(_is_acnns, net.layers))
    return "acnn" if needed else "cnn"


def _is_acnns(layer):
    """Whether a layer has options with which the toolbox's functions would compute other values."""
    held = vars(layer)
    if any(np.size(held.get(name, 1)) > 1 for name in ("kernelsize", "scale")):
        return True
    return any(counts(name, held[name], "layer") for name in PLAIN.keys() & held.keys())


def _unknown(net, toolbox):
    """Say which layer no function knows; None where there is none, or a toolbox brings its own."""
    for number, layer in enumerate(net.layers, 1):
        if toolbox is None and layer.type not in _KNOWN:
            return (
                f"layers{{{number}}}.type is {layer.type!r}: neither the toolbox's functions nor "
                "acnn's know it: name the toolbox that does with --toolbox"
            )
    return None


def _functions(family, toolbox, stack):
    """Return the folders for Octave's path, and name and path of each file of functions in them."""
    if toolbox is not None:
        copy, source = find(toolbox), require_original()
        folder = stack.enter_context(staged(copy, source)).folder
        files = [*copy.files.values(), *sorted(source.rglob("*.m"))]
        return [folder], [(str(each), each) for each in files]
    folders = acnn_paths() if family == "acnn" else octave_paths(require_original())
    files = sorted(file for folder in folders for file in folder.glob("*.m"))
    return folders, [(f"{each.parent.name}/{each.name}", each) for each in files]


def _on(session, blas, given, sides, stages, steps, first):
    """Judge on one BLAS; the file's own values once."""
    if first:
        try:
            last_batch.judge(session, blas, given, sides, stages)
        except OctaveError as error:
            stages.skip("the last batch", f"Octave stops at {error}", lost=True)
        except OctaveDied as error:
            stages.skip("the last batch", str(error).split(";")[0], lost=True)
    if given.data is not None:
        OnData(session, blas, given, sides, stages, steps).judge()


def _verdict(stages):
    if any(each["verdict"] == FAIL for each in stages.judged):
        return FAIL
    lost = any(each["lost"] for each in stages.not_judged)
    return "pass" if stages.judged and not lost else "not measured"
