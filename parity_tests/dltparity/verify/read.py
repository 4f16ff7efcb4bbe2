"""The files that a user gives: a net and options. Data are `data`'s."""

import re
import warnings
from dataclasses import dataclass, field

import numpy as np

from dltcnn import Net, Opts
from dltcnn.matfile import load_net

from ..errors import RequestError
from .data import Data, read_data
from .variables import variables

# What MATLAB calls the platforms it runs on; other writers put other names there.
_MATLAB = re.compile(r"MATLAB \S+ MAT-file, Platform: ((?:PCWIN|GLN|MAC|SOL|HP|ALPHA|IBM|SGI)\w*)")
_OCTAVE = re.compile(r"MAT-file, written by (Octave \S+), (.*)")
_OWN = re.compile(r"MAT-file, written by (dltcnn), (.*)")  # of save_net
_DATE = re.compile(r"(?:Created on: |written by \w+, )([^\0]*?)(?: HDF5 schema.*)?$")
_OPTIONS = ("alpha", "batchsize", "numepochs")


@dataclass
class Given:
    """What was read.

    Attributes
    ----------
    net : Net
        The net.
    writer : dict of str to str
        What the file's header says: 'by', 'platform' and 'date'.
    data : Data or None
        Images and targets.
    opts : Opts or None
        The options.
    notes : list of str
        What the reader should know of what was read.
    """

    net: Net
    writer: dict
    data: Data | None = None
    opts: Opts | None = None
    notes: list = field(default_factory=list)

    @property
    def alpha(self):
        """The learning rate, or None."""
        return None if self.opts is None else vars(self.opts).get("alpha")


def read(path, name=None, data=None, opts=None):
    """Read a net, and data and options where they are given.

    Parameters
    ----------
    path, opts : Path
        Files that MATLAB or Octave saved.
    name : str, optional
        The net's variable, or the way to it.
    data : Path
        A file or folder, as `data.read_data` takes it.

    Returns
    -------
    Given
        What they hold.

    Raises
    ------
    RequestError
        If one cannot be read or does not hold what it should.
    """
    with warnings.catch_warnings(record=True) as wording:
        warnings.simplefilter("always")
        try:
            net = load_net(path, name)
        except OSError as error:
            why = error.strerror or error
            raise RequestError(f"{str(path)!r} cannot be read ({why}): name a .mat file") from None
        except (ValueError, TypeError, AttributeError, ImportError) as error:
            raise RequestError(_on_the_command_line(str(error))) from None
    found = Given(net, _writer(path), notes=[str(each.message).rstrip(".") for each in wording])
    if data is not None:
        classes = len(net.ffb) if hasattr(net, "ffb") else None
        found.data = read_data(data, classes, found.notes)
    if opts is not None:
        found.opts = _opts(opts, found.notes)
    return found


def _on_the_command_line(text):
    """Put the option in the place of `load_net`'s argument."""
    text = " ".join(text.split())
    return re.sub(r"(?<!\w)name=(?=[\"']|$)", "--name ", text).rstrip()


def _writer(path):
    """Read who wrote a file, where and when, off its header of 116 characters."""
    with path.open("rb") as file:
        header = file.read(116).decode("latin-1").rstrip(" \0")
    if found := _OCTAVE.search(header) or _OWN.search(header):
        return {"by": found[1], "platform": "unknown", "date": found[2]}
    matlab, date = _MATLAB.match(header), _DATE.search(header)
    return {
        "by": "MATLAB" if matlab else "another program",
        "platform": matlab[1] if matlab else "unknown",
        "date": date[1].strip() if date else "unknown",
    }


def _opts(path, notes):
    held = _of_struct(variables(path, "--opts", "save('opts.mat', 'opts', '-v7')"))
    known = [name for name in _OPTIONS if name in held]
    if not known:
        raise RequestError(f"{str(path)!r} holds no {', '.join(_OPTIONS)}, nor a struct opts of it")
    if "alpha" not in known:  # the others are for a training alone
        names = ", ".join(name for name in held if not name.startswith("__"))
        notes.append(f"the options hold no alpha: they hold {names}")
    return Opts(**{name: _number(path, name, np.asarray(held[name])) for name in known})


def _of_struct(held):
    """Return the fields of the struct opts where there is one, else the variables."""
    table = held.get("opts")
    if table is not None and table.dtype.names and table.size == 1:
        return {name: table[name].flat[0] for name in table.dtype.names}
    return held


def _number(path, name, value):
    if value.size != 1 or value.dtype.kind not in "biuf":
        size = "x".join(map(str, value.shape))
        raise RequestError(f"{str(path)!r}: {name} is {size} {value.dtype}: expected one number")
    if not np.isfinite(value.item()):
        raise RequestError(f"{str(path)!r}: {name} is {value.item():g}: expected a finite number")
    return float(value.item())
