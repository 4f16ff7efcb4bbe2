"""The types that users' checkers read: true to the functions, and enough for --strict."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import dltcnn.matlab
from dltcnn import public

PACKAGE = Path(dltcnn.__file__).parent
SCRIPT = Path(__file__).with_name("users_script.py")
STUBS = {public: PACKAGE / "public.pyi", dltcnn.matlab: PACKAGE / "matlab" / "__init__.pyi"}


def mypy(script, request):
    cache = request.config.cache.mkdir("mypy")
    return subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(cache), str(script)],
        capture_output=True,
        text=True,
    ).stdout


def test_a_users_script_passes_mypy_strict(request, tmp_path):
    assert "Success" in mypy(SCRIPT, request)
    wrong = tmp_path / "wrong.py"
    wrong.write_text("from dltcnn import Net, cnntest\n\n\ndef f(net: Net) -> str:\n")
    with wrong.open("a") as file:
        file.write("    return cnntest(net, [[1.0]], [[1.0]], engine='fast')\n")
    wording = mypy(wrong, request)
    assert 'expected "Literal[' in wording and 'expected "str"' in wording


def stubbed(path):
    """The signatures in a stub, without their annotations."""
    found = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            for arg in ast.walk(node.args):
                if isinstance(arg, ast.arg):
                    arg.annotation = None
            found[node.name] = ast.unparse(node.args)
    return found


def real(function):
    parameters = [
        each.replace(annotation=each.empty)
        for each in inspect.signature(function).parameters.values()
    ]
    shown = str(inspect.Signature(parameters))[1:-1]
    return ast.unparse(ast.parse(f"def f({shown}): ...").body[0].args)


@pytest.mark.parametrize("module", STUBS, ids=lambda module: module.__name__)
def test_a_stub_has_each_functions_signature(module):
    names = {*dltcnn.__all__, *dltcnn.matlab.__all__}
    functions = {
        name: real(value)
        for name, value in vars(module).items()
        if inspect.isfunction(value) and name in names
    }
    assert len(functions) > 10
    assert stubbed(STUBS[module]) == functions
