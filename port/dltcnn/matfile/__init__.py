"""Nets in and out of MATLAB's .mat files, whole."""

from os import PathLike
from pathlib import Path

from ..net import Net, checked
from ..unused import unused, warn
from . import whole_file
from .choice import chosen
from .kinds import opened
from .names import is_variable
from .nets import net_of
from .writing import file_of

__all__ = ["load_net", "save_net"]


def load_net(path: str | PathLike[str], name: str | None = None, strict: bool = False) -> Net:
    """Read a net that MATLAB or Octave saved.

    Parameters
    ----------
    path : str or Path
        A file of MATLAB's format 5 to 7 (-v6, -v7), or, with the extra ``hdf5``, 7.3.
    name : str, optional
        The variable, or the way to the net in it, as MATLAB writes it: ``"result.cnn"``,
        ``"nets{2}"``. By default the only variable that is a struct with layers.
    strict : bool
        Whether fields that no function uses are refused, and not only warned of.

    Returns
    -------
    Net
        With every field of the struct, of the class, size and bits they have there: a net to train
        on, to test, to compare, or to save again.

    Raises
    ------
    ValueError
        If the file is of another format, damaged, or would take more memory than 50 MB and 1,032
        times its own size; if it holds no net, or several, and what is there instead; with
        `strict`, if the net has fields that no function uses.
    OSError
        If the file cannot be read.

    Warns
    -----
    DltWarning
        If the net has fields that no function uses, as the nets of edited toolboxes have
        (``method`` for max pooling, a function handle for the activation): which, and what they
        hold.

    Notes
    -----
    Python's forms of MATLAB's values:

    - text is a str; of several rows or none, an array of characters (U1; S1 for bytes of Octave's
      that are no UTF-8 text);
    - a cell array is a `Cell`, a list in MATLAB's order with a ``shape``; one of kernels ``k{i,j}``
      is ``k[i][j]`` as well, and is saved as it was;
    - a struct is a `Struct`, an array of structs a `StructArray`; sparse arrays are dense;
    - one number is a number where the functions count or measure with it (``outputmaps``, ``L``,
      biases), else an array of 1x1; ``rL`` has one dimension where it is a row;
    - function handles and objects, which Python has not, are kept for `save_net` as they are.

    Two nets are equal (``==``) where MATLAB has no way to tell them apart: every field of the same
    class, size and bits; NaN is equal to NaN.
    """
    with opened(path) as file:
        place, struct = chosen(Path(path), file.variables(), name)
        try:
            net = net_of(struct, place)
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from None
    fields = unused(net)
    if fields and strict:
        raise ValueError(f"{path}: no function of dltcnn uses {fields}")
    if fields:
        warn(f"{path}: no function of dltcnn uses {fields}")
    return net


def save_net(path: str | PathLike[str], net: Net, name: str = "net") -> None:
    """Write a net for MATLAB and Octave.

    Parameters
    ----------
    path : str or Path
        The file, in MATLAB's format 5 with compression (-v7). It is written whole or not at all:
        an earlier one is replaced when the new one is complete.
    net : Net
        Any net; all its fields are written, and come back from `load_net` as they are. True and
        False become logical, a dict a struct, a list of texts a cell array.
    name : str
        The variable that ``load`` makes.

    Raises
    ------
    ValueError
        If `name` is not the name of a variable, or a field's name not one of MATLAB's.
    TypeError
        If `net` is no net, or MATLAB has nothing for a value in it: its path, and what it is.
    OSError
        If the file cannot be written.
    """
    if not isinstance(net, Net):
        raise TypeError(
            f"net is of type {type(net).__name__}: expected one such as "
            'Net([Layer("i"), Layer("c", outputmaps=6, kernelsize=5), Layer("s", scale=2)])'
        )
    if len(net.layers):
        checked(net.layers)
    if not is_variable(name):
        raise ValueError(
            f"{name!r} is not the name of a MATLAB variable: up to 63 letters, digits and _"
        )
    whole_file.write(path, file_of(name, net))
