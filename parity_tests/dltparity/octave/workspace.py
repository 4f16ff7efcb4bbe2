"""The variables of an Octave session: what `session.Octave` offers once it runs."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from . import encoding
from .values import leaves


class Workspace(ABC):
    """Variables and code, in terms of calls of the probes in matlab_ref/probes."""

    @abstractmethod
    def _call(self, probe: str, *arguments: Any) -> Any:
        """Call a probe and return its value."""

    def eval(self, code: str) -> str:
        """Run code in the session's workspace.

        Parameters
        ----------
        code : str
            Octave code; values belong into variables (`give`), not into the code.

        Returns
        -------
        str
            What it printed.

        Raises
        ------
        OctaveError
            If the code fails.
        OctaveDied
            If Octave ends, or is ended because of the timeout.
        """
        return encoding.untext(self._call("dlt_eval", encoding.text(code)))

    def give(self, name: str, value: Any) -> None:
        """Set a variable, whatever it held before.

        Parameters
        ----------
        name : str
            The variable.
        value : Net, Layer, Opts, dict, list, numpy.ndarray, number, tuple of numbers or str
            What it is to hold. The port's structs and dicts become structs, lists cell arrays,
            tuples rows, text char. An array keeps its class, size and bits; one dimension becomes
            a row. Python's numbers become double, its bools too. All of this may stand in each
            other; a field that is None is left away. A dict's key may also be the path of a field,
            such as ``layers{2}.k{1}{3}``.

        Raises
        ------
        TypeError, ValueError
            If Octave has no such class, or a name or path cannot be one.
        """
        head = encoding.text(encoding.check_name(name))
        self._call("dlt_assign", head, np.bool_(True), *self._packed(value))

    def pull(self, name: str) -> np.ndarray | str:
        """Return a variable.

        Parameters
        ----------
        name : str
            The variable.

        Returns
        -------
        numpy.ndarray or str
            An array of exactly that class and size, or text.

        Raises
        ------
        TypeError
            If it is a struct or a cell, for which there is `fields`.
        """
        values = encoding.unpack(
            self._call("dlt_fields", encoding.text(encoding.check_name(name)), [])
        )
        if list(values) != [""]:
            raise TypeError(f"{name} is a struct or a cell: use fields({name!r})")
        return values[""]

    def fields(self, name: str, subset: Iterable[str] | None = None) -> dict[str, np.ndarray]:
        """Return the arrays in a struct or cell variable.

        Parameters
        ----------
        name : str
            The variable, such as ``net``.
        subset : iterable of str, optional
            Paths such as ``layers{2}.k``: these and everything beneath them. None: all.

        Returns
        -------
        dict
            Path in MATLAB's terms, such as ``layers{2}.k{1}{3}``, to an array of exactly that
            class and size. Text is left out.

        Raises
        ------
        OctaveError
            If the variable or a path of the subset does not exist, or a field is neither a real
            array nor text.
        """
        encoding.check_name(name)
        wanted = None if subset is None else [encoding.check_path(path) for path in subset]
        if wanted == []:
            return {}
        reply = self._call(
            "dlt_fields", encoding.text(name), encoding.text("\n".join(wanted or []))
        )
        values = encoding.unpack(reply).items()
        return {path: value for path, value in values if not isinstance(value, str)}

    def compute(self, code: str, values: Any) -> dict[str, np.ndarray | str]:
        """Compute something from values in one call, which is three times as quick as three.

        Parameters
        ----------
        code : str
            Octave code that reads the variable `in` and sets the variable `result`.
        values : dict
            What `in` is to hold, as `give` takes it.

        Returns
        -------
        dict
            Path in `result`, as `fields` gives it, to an array or a text; "" where `result` is one.

        Raises
        ------
        OctaveError
            If the code fails, or what is in `result` is neither a real array nor text.
        TypeError, ValueError
            As `give`.
        """
        return encoding.unpack(
            self._call("dlt_compute", encoding.text(code), *self._packed(values))
        )

    def assign(self, name: str, values: Mapping[str, Any]) -> None:
        """Set some fields of a struct variable, and leave the others as they are.

        Parameters
        ----------
        name : str
            The variable; it is made if it is missing.
        values : mapping
            Path, as `fields` gives them, to an array of two or more dimensions, a number or text.

        Raises
        ------
        TypeError, ValueError
            If a path cannot be one, or Octave has no such class or no such shape.
        OctaveError
            If a path does not fit what the variable holds.
        """
        head = encoding.text(encoding.check_name(name))
        for path in values:
            encoding.check_path(path)
        self._call("dlt_assign", head, np.bool_(False), *encoding.pack(values))

    def _packed(self, value: Any) -> tuple[np.ndarray, ...]:
        """Return the leaves of a value as the probes take them."""
        found = dict(leaves("", value))
        for path in filter(None, found):  # the empty one stands for the value as a whole
            encoding.check_path(path)
        return encoding.pack(found)
