"""What a JSON file holds, asked for with its type: what is not as expected is refused."""

import json
import sys

from ..errors import RequestError

_SHOWN = 60
_MOST = 2**63
_LARGEST = sys.float_info.max


class Part:
    """A part of a result.

    Parameters
    ----------
    value
        JSON types.
    where : str
        The way to it, for errors.
    """

    def __init__(self, value, where):
        self.value, self.where = value, where

    def text(self, name):
        """Return a text."""
        return self._of(name, str, "text")

    def text_or_none(self, name):
        """Return a text; None where it is missing or null."""
        return None if self._get(name) is None else self.text(name)

    def one_of(self, name, known):
        """Return a text that is one of the known ones."""
        found = self.text(name)
        if found not in known:
            self._refuse(name, found, " or ".join(map(repr, known)))
        return found

    def flag(self, name):
        """Return true or false."""
        return self._of(name, bool, "true or false")

    def count(self, name):
        """Return a whole number of at least 0."""
        found = self._get(name)
        if type(found) is not int or not 0 <= found <= _MOST:
            self._refuse(name, found, "a whole number from 0 on")
        return found

    def figure(self, name):
        """Return a number; None where it is missing or null, infinity or NaN where text says so."""
        found = self._get(name)
        if found is None:
            return None
        if found in ("inf", "-inf", "nan"):
            return float(found)
        if type(found) not in (int, float) or not -_LARGEST <= found <= _LARGEST:
            self._refuse(name, found, "a number")
        return float(found)

    def part(self, name):
        """Return an object."""
        return Part(self._of(name, dict, "an object"), f"{self.where}.{name}")

    def part_or_none(self, name):
        """Return an object; None where it is missing or null."""
        return None if self._get(name) is None else self.part(name)

    def parts(self, name):
        """Return a list of objects."""
        found = self._of(name, list, "a list")
        for number, each in enumerate(found):
            if not isinstance(each, dict):
                self._refuse(f"{name}[{number}]", each, "an object")
        return [Part(each, f"{self.where}.{name}[{n}]") for n, each in enumerate(found)]

    def _get(self, name):
        return self.value.get(name)

    def _of(self, name, kind, expected):
        found = self._get(name)
        if not isinstance(found, kind):
            self._refuse(name, found, expected)
        return found

    def _refuse(self, name, found, expected):
        wording = "missing" if name not in self.value and found is None else _short(found)
        raise RequestError(f"{self.where}.{name} is {wording}: expected {expected}")


def _short(value):
    text = json.dumps(value)  # control characters are written out
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
