"""Which rooms of the port may import which: the arrows of the layout, all downwards."""

import ast
from pathlib import Path

import pytest

import dltcnn

PORT = Path(dltcnn.__file__).parent


def imports(path, root):
    """List the modules, within a package at `root`, that a file imports anywhere in it."""
    here = path.relative_to(root).with_suffix("").parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [name.name for name in node.names]
            found |= {n.partition(".")[2] for n in names if n.split(".")[0] == root.name}
        elif isinstance(node, ast.ImportFrom):
            base = list(here[: len(here) - node.level]) if node.level else []
            module = node.module.split(".") if node.module else []
            if not node.level:
                if module[:1] != [root.name]:
                    continue
                module = module[1:]
            found |= {".".join([*base, *module, name.name]) for name in node.names}
    return found


def room(module):
    """The room of a module or of a name in it: its first part."""
    return module.split(".")[0]


# The port: rules 1 to 4.
FILES = sorted(PORT.rglob("*.py"))
PORTED = {"cnn", "util", "acnn"}
MAY_IMPORT = {
    "matlab": {"matlab"},
    **{place: PORTED | {"matlab", "net", "mfile"} for place in PORTED},
    "compiled": {"compiled", "acnn", "matlab", "value_semantics"},
}


def broken(path, root):
    """Say which rules a file of the port breaks."""
    place = path.relative_to(root).parts
    found = set(map(room, imports(path, root)))
    allowed = MAY_IMPORT.get(place[0], found)
    problems = [f"{place[0]} imports {name}" for name in sorted(found - allowed)]
    if "compiled" in found and place[0] not in ("compiled", "engines.py"):
        problems.append(f"{place[0]} knows the compiled engine")
    return problems


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PORT)))
def test_a_room_of_the_port_imports_only_what_is_below_it(path):
    assert not broken(path, PORT)


@pytest.mark.parametrize(
    ("place", "line", "problem"),
    [
        ("matlab/x.py", "from ..net import Net", "matlab imports net"),
        ("matlab/x.py", "from dltcnn.remedies import remedy", "matlab imports remedies"),
        ("matlab/x.py", "import dltcnn.mfile", "matlab imports mfile"),
        ("cnn/x.py", "from ..compiled import cnnff", "cnn imports compiled"),
        ("acnn/x.py", "from ..engines import cnnff", "acnn imports engines"),
        ("util/x.py", "from .. import engines", "util imports engines"),
        ("compiled/x.py", "def f():\n    from ..engines import x", "compiled imports engines"),
        ("training/x.py", "from .. import compiled", "training knows the compiled engine"),
    ],
)
def test_each_rule_can_be_broken(tmp_path, place, line, problem):
    path = tmp_path / "dltcnn" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(line)
    assert problem in broken(path, tmp_path / "dltcnn")


def test_no_module_of_the_port_imports_itself_in_a_circle():
    modules = {_name(path): path for path in FILES}
    arrows = {
        name: {_module(found, modules) for found in imports(path, PORT)} - {None, name}
        for name, path in modules.items()
    }
    while leaves := {name for name, below in arrows.items() if not below & arrows.keys()}:
        arrows = {name: below for name, below in arrows.items() if name not in leaves}
    assert not arrows, "these import each other"


def _name(path):
    parts = path.relative_to(PORT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _module(found, modules):
    """The module that is imported, or whose name."""
    return next((n for n in (found, found.rpartition(".")[0]) if n in modules), None)
