"""Who may import whom: every room has its floor, nothing runs in circles, no file is long."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import dltparity

LONGEST = 300

TESTS = Path(__file__).parents[1]
CHECKOUT = TESTS.parent
HARNESS = Path(dltparity.__file__).parent

# The rooms of dltparity, from the ground up: a module imports from its own room and from floors
# below. `report` stands below `sections`, whose table names what writes a section.
FLOORS = (
    (
        *("errors", "exit_codes", "paths", "files", "port_state", "machine", "noise", "scratch"),
        *("copies", "signals", "seal", "say", "story"),
    ),
    ("cases", "jobs", "octave", "original"),
    ("traces", "fingerprint"),
    ("comparison",),
    ("run",),
    ("checks", "lines", "engines", "equations", "sweep", "bench", "mnist", "demo", "doctor"),
    ("pair", "toolbox"),
    ("comparing", "plugin", "shown_values"),
    ("verify",),
    ("report",),
    ("sections",),
    ("page",),
    ("parity_report",),
    ("release",),
    ("results",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
FLOOR_OF = {name: floor for floor, names in enumerate(FLOORS) for name in names}


def modules(*roots):
    """Find the modules below some folders: name -> file."""
    return {
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path
        for root in roots
        for path in sorted(root.rglob("*.py"))
    }


def imported(name, path, known):
    """List the known modules that a module imports, anywhere in its code."""
    package = name if path.stem == "__init__" else name.rpartition(".")[0]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".") if node.level else []
            parts = parts[: len(parts) - node.level + 1] if node.level else parts
            base = ".".join([*parts, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                found.add(inner if inner in known else base)
                if not f"{name}.".startswith(f"{base}."):
                    found.add(base)  # its __init__ runs first
    return found & known.keys()


def graph(*roots):
    known = modules(*roots)
    return {name: imported(name, path, known) for name, path in known.items()}


def room(module):
    return module.split(".")[1]


def on_a_wrong_floor(found):
    """List the imports of dltparity that do not go down."""
    return [
        f"{name} imports {other}"
        for name, others in found.items()
        for other in others
        if name != "dltparity" and other != "dltparity" and room(name) != room(other)
        if FLOOR_OF[room(other)] >= FLOOR_OF[room(name)]
        if room(name) not in FLOORS[0] or room(other) not in FLOORS[0]
    ]


WHOLE_GRAPH = graph(CHECKOUT / "port", TESTS)
HARNESS_GRAPH = {
    name: {other for other in others if other.split(".")[0] == "dltparity"}
    for name, others in WHOLE_GRAPH.items()
    if name.split(".")[0] == "dltparity"
}


def test_every_room_has_a_floor():
    rooms = {room(name) for name in HARNESS_GRAPH if name != "dltparity"}
    assert rooms == FLOOR_OF.keys()


def test_imports_go_down():
    assert not on_a_wrong_floor(HARNESS_GRAPH)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("dltparity.traces.port", "dltparity.comparison.rows"),
        ("dltparity.cases.standard", "dltparity.octave.session"),
        ("dltparity.report.lines", "dltparity.sections"),
        ("dltparity.run", "dltparity.commands.run"),
    ],
)
def test_an_import_upwards_is_found(name, other):
    assert on_a_wrong_floor({name: {other}})


def circle(found):
    """Return a circle of imports; None where there is none."""
    try:
        TopologicalSorter(found).prepare()
    except CycleError as error:
        return error.args[1]
    return None


def test_nothing_is_imported_in_a_circle():
    assert circle(WHOLE_GRAPH) is None


def test_a_circle_with_a_late_import_is_found(tmp_path):
    (tmp_path / "one.py").write_text("def f():\n    from two import g\n")
    (tmp_path / "two.py").write_text("import one\n")
    assert circle(graph(tmp_path))


def test_only_the_session_and_its_engine_import_oct2py():
    users = {path for path in HARNESS.rglob("*.py") if "import oct2py" in path.read_text("utf-8")}
    users |= {path for path in HARNESS.rglob("*.py") if "from oct2py" in path.read_text("utf-8")}
    assert users == {HARNESS / "octave" / "session.py", HARNESS / "octave" / "engine.py"}


OPENING = {"open", "load", "savez", "loadtxt", "read_text", "read_bytes", "write_text"}


def opened(source):
    """List the calls in a source text that open a file."""
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return {getattr(call, "attr", getattr(call, "id", "")) for call in calls} & OPENING


def test_comparing_opens_no_file():
    for path in (HARNESS / "comparison").glob("*.py"):
        assert not opened(path.read_text(encoding="utf-8")), path
    used = {
        other
        for name, others in HARNESS_GRAPH.items()
        if ".comparison." in name
        for other in others
    }
    assert not used & {"dltparity.files", "dltparity.traces.npz", "dltparity.octave.session"}
    assert opened("np.load(path)") and opened("open(path)") and opened("path.read_text()")


def test_no_file_is_long():
    files = [
        path
        for folder in ("port", "parity_tests", "matlab_ref")
        for kind in ("*.py", "*.m")
        for path in (CHECKOUT / folder).rglob(kind)
    ]
    assert len(files) > 300
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert not {path: length for path, length in lengths.items() if length > LONGEST}
