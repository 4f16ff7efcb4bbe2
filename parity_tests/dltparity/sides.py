"""The references that a run compares with: Octave live, or recordings."""

from dltcnn import acnntest

from . import python, recording, reference, upstream
from .blas import NoReferenceBlas
from .errors import ReferenceMissingError
from .judge import judge
from .octave import Octave
from .paths import matlab_ref
from .pin import pinned

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
    """

    def __init__(self, name, blas, session, original=None):
        self.name = name
        self.blas = blas
        self.session = session
        self._original = original

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
            return cls(name, blas or "reference", session, original)
        except NoReferenceBlas:
            if blas is not None:
                raise
            session = stack.enter_context(Octave(blas="system", paths=folders))
            return cls(name, "system", session, original)

    def not_promised(self, case):
        """Say why nothing is promised for a case here; None where something is."""
        return _not_promised(case, self._promise, "on the system's BLAS")

    @property
    def _promise(self):
        return "bit" if self.blas == "reference" else "bound"

    def trace(self, case):
        """Run a case."""
        return reference.trace(self.session, _FAMILIES[self.name], case)

    def judge(self, case, port):
        """Compare the port's trace of a case."""
        if self.name == "acnn" and case.classes == 1:  # where cnntest is wrong, acnntest is not
            port = python.trace(case, test=acnntest)
        return judge(case, self.name, self.blas, self._promise, self.trace(case), port)

    def provenance(self):
        """Describe Octave and the files."""
        found = self.session.info()
        if self.name == "original":
            pinned_files = pinned()
            found["commit"] = pinned_files.commit
            found |= {f"sha256 of {file.path}": file.sha256 for file in pinned_files.files}
        return found


class RecordedSide:
    """The recordings of the original."""

    name = "recorded"

    def __init__(self):
        self._folder = matlab_ref() / "recordings"
        self._fingerprint = recording.libm_fingerprint()

    def not_promised(self, case):
        """Say why nothing is promised for a case here; None where something is."""
        return _not_promised(case, self._promise(self._load(case)[1]), _OTHER_LIBM)

    def judge(self, case, port):
        """Compare the port's trace of a case."""
        trace, provenance = self._load(case)
        promise = self._promise(provenance)
        note = "" if promise == "bit" else f"Recordings are judged by `bound` here, {_OTHER_LIBM}."
        return judge(case, self.name, provenance["blas"], promise, trace, port, note)

    def provenance(self):
        """Describe where the recordings come from."""
        recorded = sorted(self._folder.glob("*.npz"))
        return recording.load(recorded[0])[1] if recorded else {"recordings": "none"}

    def _load(self, case):
        path = self._folder / f"{case.name}.npz"
        if not path.is_file():
            raise ReferenceMissingError(
                f"there is no recording of the case {case.name} in {self._folder}: run it live in "
                "Octave, or record it with dltparity record"
            )
        return recording.load(path)

    def _promise(self, provenance):
        """The bits are promised where this machine's libm gives those of the recording's."""
        return "bit" if provenance["libm_fingerprint"] == self._fingerprint else "bound"


def _not_promised(case, promise, where):
    if promise == "bound" and case.special:
        return f"values that are not finite are promised to the bit only, and {where} nothing is"
    return None


def acnn_folder():
    """Return the folder of this project's own .m files."""
    return matlab_ref() / "acnn"
