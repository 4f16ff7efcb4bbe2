"""What the port is compared with: the .m functions live in Octave, or recordings of them.

A reference gives traces and says what is promised; judging them is not its work.
"""

import hashlib
from pathlib import Path

from dltcnn.functions import acnntest, cnntest

from .. import machine
from ..copies import private_copy
from ..errors import NotMeasuredError, RequestError
from ..octave.blas import BLAS, REFERENCE, NoBlas
from ..octave.session import Octave
from ..octave.shadows import check_unshadowed, resolved
from ..original import cache
from ..original.pin import pinned
from ..paths import matlab_ref
from . import recording
from .octave import octave_trace

_OTHER_LIBM = "since exp has other bits than where they were made"


def open_reference(name, blas, original, stack):
    """Open a reference.

    Parameters
    ----------
    name : {'original', 'acnn', 'recorded'}
        Which one.
    blas : str or None
        A key of `octave.blas.BLAS`; None for the first one that is here. Recordings are all of
        the reference BLAS.
    original : Path or None
        The original's files.
    stack : contextlib.ExitStack
        Closes the session.

    Returns
    -------
    LiveReference or Recordings
        Ready.

    Raises
    ------
    NoOctave, NoBlas
        If it is to run live and cannot.
    """
    if name == "recorded":
        return Recordings()
    folders = cache.octave_paths(original) if name == "original" else acnn_paths()
    missing = ""
    for wanted in [blas] if blas else BLAS:
        try:
            session = stack.enter_context(Octave(blas=wanted, paths=folders))
        except NoBlas as error:
            if blas:
                raise
            missing = str(error)
        else:
            check_unshadowed(session, folders)
            note = f"Judged by `{BLAS[wanted].promise}`: {missing}." if missing else ""
            return LiveReference(name, wanted, session, folders, note)
    raise NoBlas(missing)


class LiveReference:
    """A family of .m functions in an Octave session.

    Attributes
    ----------
    name : str
        'original' or 'acnn'.
    blas : str
        The BLAS it runs on.
    session : Octave
        The session.
    test : callable
        The port's counterpart of the function that tests a net: cnntest or acnntest.
    note : str
        What the reader should know of how it was opened; may be empty.
    """

    def __init__(self, name, blas, session, folders, note=""):
        self.name, self.blas, self.session, self.note = name, blas, session, note
        self._folders, self._hashes = folders, hashes(session, folders)
        self._family, self.test = {"original": ("cnn", cnntest), "acnn": ("acnn", acnntest)}[name]

    def promise(self, case):
        """Return what the port is held to: 'bit' or 'bound'."""
        return BLAS[self.blas].promise

    def has(self, case):
        """Tell whether it can run a case: it can run all."""
        return True

    def why_not(self, case):
        """Say why nothing is promised of a case here; None where something is."""
        return _not_promised(case, self.promise(case), f"on the {self.blas} BLAS")

    def trace(self, case):
        """Run a case: field path -> array."""
        return octave_trace(self.session, self._family, case)

    def provenance(self):
        """Describe Octave and the files: name -> text."""
        found = self.session.info()
        if self.name == "original":
            found["commit"] = pinned().commit
        if hashes(self.session, self._folders) != self._hashes:
            raise NotMeasuredError(
                f"the files of {self.name} changed while they were measured: run it again"
            )
        return found | self._hashes


class Recordings:
    """The recordings of the original; the attributes are those of `LiveReference`."""

    name, blas, test = "recorded", REFERENCE, staticmethod(cnntest)

    def __init__(self):
        self._folder = matlab_ref() / "recordings"
        self._fingerprint = machine.libm_fingerprint()
        self._provenances = []

    @property
    def note(self):
        """What the reader should know of the recordings used so far; may be empty."""
        if all(self._promise(each) == "bit" for each in self._provenances):
            return ""
        return f"Recordings are judged by `bound` here, {_OTHER_LIBM}."

    def promise(self, case):
        """Return what the port is held to: the bits where exp has those of the recording."""
        return self._promise(self._load(case)[1])

    def has(self, case):
        """Tell whether there is a recording of a case."""
        return self._path(case).is_file()

    def why_not(self, case):
        """Say why a case is not judged here; None where it is."""
        if not self.has(case):
            return f"there is no recording of it in {self._folder}"
        return _not_promised(case, self.promise(case), _OTHER_LIBM)

    def trace(self, case):
        """Read the recording of a case: field path -> array or `recording.Digest`."""
        trace, provenance = self._load(case)
        self._provenances.append(provenance)
        return trace

    def provenance(self):
        """Describe where the recordings that were used come from; where they differ, all values."""
        keys = dict.fromkeys(key for each in self._provenances for key in each)
        return {
            key: "; ".join(sorted({str(each.get(key, "-")) for each in self._provenances}))
            for key in keys
        }

    def _path(self, case):
        return self._folder / f"{case.name}.npz"

    def _load(self, case):
        """Read a recording; one of another commit or BLAS is refused."""
        trace, provenance = recording.load(self._path(case))
        if provenance.get("commit") != pinned().commit or provenance.get("blas") != self.blas:
            raise RequestError(
                f"{self._path(case)} is of commit {provenance.get('commit')} on the "
                f"{provenance.get('blas')} BLAS: expected {pinned().commit} on the {self.blas} "
                "BLAS; make it anew with dltparity record"
            )
        return trace, provenance

    def _promise(self, provenance):
        return "bit" if provenance.get("libm_fingerprint") == self._fingerprint else "bound"


def _not_promised(case, promise, where):
    """Say why nothing is promised: of values that are not finite there is no rounding bound."""
    if promise == "bound" and case.special:
        return f"of values that are not finite only the bits are promised, and {where} nothing is"
    return None


def hashes(session, folders):
    """Hash the files that Octave itself takes for the functions in some folders: name -> text."""
    names = {path.stem for folder in folders for path in folder.glob("*.m")}
    return {
        f"sha256 of {Path(file).name}": hashlib.sha256(Path(file).read_bytes()).hexdigest()
        for file in resolved(session, names).values()
    }


def acnn_folder():
    """Return the folder of this project's own .m files."""
    return matlab_ref() / "acnn"


def acnn_paths():
    """Return the folders for Octave's path: a private copy of this project's own .m files."""
    files = sorted(acnn_folder().glob("*.m"))
    return [private_copy("acnn", {file.name: file.read_bytes() for file in files})]
