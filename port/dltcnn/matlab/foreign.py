"""What MATLAB has and Python has not: kept as it came."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Foreign:
    """A function handle, an object, or another value of MATLAB without a Python form.

    `save_net` writes it as it came; nothing else can be done with it here.

    Attributes
    ----------
    description : str
        What it is, for people: ``"a function handle, @(x)max(0,x)"``.
    """

    description: str
    raw: bytes = field(default=b"", repr=False)  # its element in format 5; empty from format 7.3
    order: str = field(default="<", repr=False)  # of the bytes
    objects: bytes = field(default=b"", repr=False)  # the file's element of all objects' contents

    def __deepcopy__(self, memo):
        return self
