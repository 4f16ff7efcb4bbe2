"""Items -> JUnit's XML, which most CI servers read."""

from collections import Counter
from xml.etree import ElementTree

from .items import FAIL, NOT_JUDGED, NOT_MEASURED, PASS
from .places import relative

# State -> the element that says so.
_TAGS = {FAIL: "failure", NOT_JUDGED: "skipped", NOT_MEASURED: "error"}


def render(result):
    """Write a result as JUnit's XML.

    Parameters
    ----------
    result : Result
        The items; each is a testcase, skipped where it is not judged.

    Returns
    -------
    str
        The document.
    """
    name, states = f"dltparity {result.kind}", Counter(each.state for each in result.items)
    counts = {
        "tests": str(len(result.items)),
        "failures": str(states[FAIL]),
        "errors": str(states[NOT_MEASURED]),
        "skipped": str(states[NOT_JUDGED]),
    }
    root = ElementTree.Element("testsuites", {"name": name, **counts})
    suite = ElementTree.SubElement(root, "testsuite", {"name": name, **counts})
    for item in result.items:
        _testcase(suite, result.kind, item)
    ElementTree.indent(root)
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{ElementTree.tostring(root, 'unicode')}\n"


def _testcase(suite, kind, item):
    group = ", ".join(filter(None, (item.group, item.variant)))
    about = {"classname": _clean(f"{kind}: {group}"), "name": _clean(item.name)}
    file = relative(item.place)
    if file:
        about |= {"file": _clean(file), "line": str(item.place.line)}
    case = ElementTree.SubElement(suite, "testcase", about)
    if item.state != PASS:
        wording = _clean(item.wording or item.state)
        ElementTree.SubElement(case, _TAGS[item.state], {"message": wording}).text = wording
    elif item.wording:
        ElementTree.SubElement(case, "system-out").text = _clean(item.wording)


def _clean(text):
    """Replace what XML 1.0 cannot hold, even as a reference."""
    return "".join(each if _is_char(ord(each)) else "\N{REPLACEMENT CHARACTER}" for each in text)


def _is_char(code):
    return (
        code in (0x9, 0xA, 0xD)
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or code >= 0x10000
    )
