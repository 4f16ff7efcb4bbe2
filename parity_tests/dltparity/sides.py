"""The references that a run compares with: Octave live, or recordings."""

from . import recording, reference, upstream
from .blas import NoReferenceBlas
from .judge import judge
from .octave import Octave
from .paths import matlab_ref
from .pin import pinned

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

    def has(self, case):
        """Say whether a case is judged here: on the system's BLAS special values are not."""
        return self.blas == "reference" or not case.special

    def trace(self, case):
        """Run a case."""
        return reference.trace(self.session, _FAMILIES[self.name], case)

    def judge(self, case, port):
        """Compare the port's trace of a case."""
        promise = "bit" if self.blas == "reference" else "bound"
        return judge(case, self.name, self.blas, promise, self.trace(case), port)

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
        self._provenance = {}

    def has(self, case):
        """Say whether there is a recording of a case that can be judged on this machine."""
        path = self._path(case)
        if not path.is_file():
            return False
        return not case.special or self._promise(recording.load(path)[1]) == "bit"

    def judge(self, case, port):
        """Compare the port's trace of a case."""
        trace, self._provenance = recording.load(self._path(case))
        promise = self._promise(self._provenance)
        return judge(case, self.name, self._provenance["blas"], promise, trace, port)

    def provenance(self):
        """Describe where the recordings come from."""
        recorded = sorted(self._folder.glob("*.npz"))
        return recording.load(recorded[0])[1] if recorded else {"recordings": "none"}

    def _path(self, case):
        return self._folder / f"{case.name}.npz"

    def _promise(self, provenance):
        """The bits are promised where this machine's libm gives those of the recording's."""
        return "bit" if provenance["libm_fingerprint"] == self._fingerprint else "bound"


def acnn_folder():
    """Return the folder of this project's own .m files."""
    return matlab_ref() / "acnn"
