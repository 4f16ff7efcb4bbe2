"""The tests of today, and what was added to them since a score: only that has to judge survivors.

A test that is added finds no fault less. So what was found stays found as long as every test of
then is still there, and everything around it as it was.
"""

import ast
import hashlib
import json

from platformdirs import user_cache_path

from dltparity import fingerprint

from .plan import TESTS


def remember(state):
    """Keep what the tests of today are.

    Parameters
    ----------
    state : str
        Their state in `fingerprint.everything`.
    """
    path = _path(state)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(_parts()), encoding="utf-8")


def added_since(state):
    """Name the files to which tests were added.

    Parameters
    ----------
    state : str
        The state of the tests then.

    Returns
    -------
    set of str or None
        Files of tests, such as ``cnn/test_cnnff.py``; None where anything else has changed, or
        where nobody remembers.
    """
    try:
        then = json.loads(_path(state).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    now, added = _parts(), set()
    for name in {*then, *now}:
        earlier = then.get(name, {"around": "", "tests": []})
        today = now.get(name)
        new_file = name not in then and _holds_tests(name)
        if today is None or not (new_file or today["around"] == earlier["around"]):
            return None
        if not {*earlier["tests"]} <= {*today["tests"]}:
            return None
        if {*today["tests"]} != {*earlier["tests"]}:
            added.add(name)
    return added


def _parts():
    """Hash each file's tests one by one, and all that is around them."""
    parts = {}
    for path in fingerprint.listed(TESTS, fingerprint.NO_JUDGES):
        name, tests, around = path.relative_to(TESTS).as_posix(), [], path.read_bytes()
        if _holds_tests(name):
            tree = ast.parse(around)
            tests = [ast.unparse(node) for node in tree.body if _is_test(node)]
            tree.body = [node for node in tree.body if not _is_test(node)]
            around = ast.unparse(tree).encode()
        parts[name] = {"around": _hash(around), "tests": [_hash(each.encode()) for each in tests]}
    return parts


def _holds_tests(name):
    stem = name.rpartition("/")[2]
    return stem.startswith("test_") and stem.endswith(".py")


def _is_test(node):
    return isinstance(node, ast.FunctionDef) and node.name.startswith("test_")


def _hash(content):
    return hashlib.sha256(content).hexdigest()[:16]


def _path(state):
    return user_cache_path("dltcnn") / "mutation" / f"tests-{state}.json"
