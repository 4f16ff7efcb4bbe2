"""The references that a run compares with: Octave live, or recordings."""

import hashlib

from dltcnn import acnntest

from ..compare.verdict import judge
from ..errors import RequestError
from ..octave.blas import NoReferenceBlas
from ..octave.session import Octave
from ..original import cache as upstream
from ..original.pin import pinned
from ..paths import matlab_ref
from . import octave as reference
from . import port as python
from . import recording

_OTHER_LIBM = "since exp has other bits than where they were made"

_FAMILIES = {"original": "cnn", "acnn": "acnn"}


class LiveSide:
    """A family of .m functions in an Octave session.

    Attributes
    ----------
    name : str
        'original' or 'acnn'.
    blas : str
        'reference' or 'system'.
    session : Octave
        The session.
    note : str
        What the reader should know of how it was opened; empty where nothing.
    """

    def __init__(self, name, blas, session, note=""):
        self.name = name
        self.blas = blas
        self.session = session
        self.note = note

    @classmethod
    def open(cls, name, blas, original, stack):
        """Start its session.

        Parameters
        ----------
        name : {'original', 'acnn'}
            Whose functions.
        blas : {'reference', 'system', None}
            None for the reference BLAS, or the system's where that is not to be had.
        original : Path or None
            The original's files.
        stack : contextlib.ExitStack
            What closes the session.
        """
        folders = upstream.octave_paths(original) if name == "original" else [acnn_folder()]
        try:
            session = stack.enter_context(Octave(blas=blas or "reference", paths=folders))
            return cls(name, blas or "reference", session)
        except NoReferenceBlas as error:
            if blas is not None:
                raise
            session = stack.enter_context(Octave(blas="system", paths=folders))
            return cls(name, "system", session, f"Judged by `bound`, not `bit`: {error}.")

    @property
    def promise(self):
        """The promise that is judged here."""
        return "bit" if self.blas == "reference" else "bound"

    def has(self, case):
        """Say whether the reference can run a case: it can run all."""
        return True

    def unjudged(self, case):
        """Say why a case is not judged here; None where it is."""
        return _not_promised(case, self.promise, "on the system's BLAS")

    def trace(self, case):
        """Run a case."""
        return reference.trace(self.session, _FAMILIES[self.name], case)

    def judge(self, case, port, figures=True):
        """Compare the port's trace of a case; `figures` as for `judge.judge`."""
        if self.name == "acnn" and case.classes == 1:  # where cnntest is wrong, acnntest is not
            port = python.trace(case, test=acnntest)
        trace = self.trace(case)
        return judge(case, self.name, self.blas, self.promise, trace, port, figures=figures)

    def provenance(self):
        """Describe Octave and the files."""
        found = self.session.info()
        if self.name == "original":
            pinned_files = pinned()
            found["commit"] = pinned_files.commit
            return found | {f"sha256 of {file.path}": file.sha256 for file in pinned_files.files}
        files = sorted(acnn_folder().glob("*.m"))
        return found | {
            f"sha256 of acnn/{file.name}": hashlib.sha256(file.read_bytes()).hexdigest()
            for file in files
        }


class RecordedSide:
    """The recordings of the original."""

    name = "recorded"
    note = ""

    def __init__(self):
        self._folder = matlab_ref() / "recordings"
        self._fingerprint = recording.libm_fingerprint()
        self._provenances = []

    def has(self, case):
        """Say whether there is a recording of a case."""
        return self._path(case).is_file()

    def unjudged(self, case):
        """Say why a case is not judged here; None where it is."""
        if not self.has(case):
            return f"there is no recording of it in {self._folder}"
        provenance = recording.load(self._path(case))[1]
        return _not_promised(case, self._promise(provenance), _OTHER_LIBM)

    def judge(self, case, port):
        """Compare the port's trace of a case."""
        trace, provenance = recording.load(self._path(case))
        self._provenances.append(provenance)
        promise = self._promise(provenance)
        note = "" if promise == "bit" else f"Recordings are judged by `bound` here, {_OTHER_LIBM}."
        return judge(case, self.name, provenance["blas"], promise, trace, port, note)

    def provenance(self):
        """Describe where the recordings that were used come from; where they differ, all values."""
        keys = dict.fromkeys(key for each in self._provenances for key in each)
        return {
            key: "; ".join(sorted({str(each.get(key, "-")) for each in self._provenances}))
            for key in keys
        }

    def _path(self, case):
        return self._folder / f"{case.name}.npz"

    def _promise(self, provenance):
        """The bits are promised where this machine's libm gives those of the recording's."""
        if provenance.get("commit") != pinned().commit or provenance.get("blas") != "reference":
            raise RequestError(
                f"a recording in {self._folder} is of commit {provenance.get('commit')} on the "
                f"{provenance.get('blas')} BLAS: expected {pinned().commit} on the reference "
                "BLAS; make it anew with dltparity record"
            )
        return "bit" if provenance.get("libm_fingerprint") == self._fingerprint else "bound"


def _not_promised(case, promise, where):
    if promise == "bound" and case.special:
        return f"values that are not finite are promised to the bit only, and {where} nothing is"
    return None


def acnn_folder():
    """Return the folder of this project's own .m files."""
    return matlab_ref() / "acnn"
