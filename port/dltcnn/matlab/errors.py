"""Errors in Octave's words."""


class MatlabError(ValueError):
    """An error that the original raises too.

    Parameters
    ----------
    message : str
        What Octave says, word for word.

    Attributes
    ----------
    message : str
        The same.
    line : str or None
        The place in the original, such as ``"cnnff.m:11"``; None outside ported functions.
    remedy : str or None
        What the refusal means and what to do, where whoever lets the error out knows it.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
        self.line: str | None = None
        self.remedy: str | None = None

    def __str__(self) -> str:
        place = f" [{self.line}]" if self.line else ""
        remedy = f"\n  {self.remedy}" if self.remedy else ""
        return f"{self.message}{place}{remedy}"


class MissingFieldError(MatlabError, AttributeError):
    """A field is read that nothing has set (an `AttributeError` too, so that `hasattr` works)."""

    def __init__(self, name: str) -> None:
        super().__init__(f"structure has no member '{name}'")
