"""What MATLAB has and Python has not: kept as it came."""

import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Foreign:
    """A function handle, an object, or another value of MATLAB without a Python form.

    `save_net` writes it as it came; nothing else can be done with it here.

    Attributes
    ----------
    said : str
        What it is, for people: ``"a function handle, @(x)max(0,x)"``.
    """

    said: str
    raw: bytes = field(default=b"", repr=False)  # its element in format 5; empty from format 7.3
    order: str = field(default="<", repr=False)  # of the bytes
    objects: bytes = field(default=b"", repr=False)  # the file's element of all objects' contents

    def __deepcopy__(self, memo):
        return self


_ASCII = re.compile(rb"[\x20-\x7e]{3,}")


def handle(raw):
    """Describe the bytes of a function handle by the code that is in them."""
    texts = [text.decode() for text in _ASCII.findall(raw.replace(b"\0", b""))]
    code = next((text[text.index("@(") :] for text in texts if "@(" in text), None)
    return f"a function handle, {code}" if code else "a function handle"
