"""A pytest plug-in: a session of Octave, and .m functions held against Python ones.

Fixtures
--------
octave
    An `Octave` session on the reference BLAS, the folders of the option ``octave_paths`` in the
    project's pytest settings on its path; hanging calls are ended.
parity
    ``parity(m_function, py_function, *inputs, outputs=1, promise="bit")`` calls both and fails with
    the first value that differs.

Without Octave tests that use them are skipped; with DLTPARITY_REQUIRE=octave (or original) in the
environment they fail.
"""

import os

import pytest

_SECONDS = 60


def pytest_addoption(parser):
    """Declare the option in the project's settings."""
    parser.addini("octave_paths", "folders of .m files for Octave's path", type="paths", default=[])


def _missing(error):
    """Skip, or fail where Octave is required."""
    if os.environ.get("DLTPARITY_REQUIRE", "") in ("octave", "original"):
        pytest.fail(f"DLTPARITY_REQUIRE is set, and {error}", pytrace=False)
    pytest.skip(str(error))


@pytest.fixture(scope="session")
def octave(request):
    """A session of Octave on the reference BLAS, with the project's folders on its path."""
    from .octave.blas import NoBlas
    from .octave.errors import NoOctave
    from .octave.session import Octave

    try:
        session = Octave(paths=request.config.getini("octave_paths"), timeout=_SECONDS)
        session.__enter__()
    except (NoOctave, NoBlas, ModuleNotFoundError) as error:
        _missing(error)
    yield session
    session.close()


@pytest.fixture(scope="session")
def _dltparity_functions(request):
    """The .m functions, in a session of their own: `octave` keeps its variables."""
    from .octave.blas import NoBlas
    from .octave.errors import NoOctave
    from .pair.octave_side import matlab

    manager = matlab(request.config.getini("octave_paths"), _SECONDS)
    try:
        functions = manager.__enter__()
    except (NoOctave, NoBlas, ModuleNotFoundError) as error:
        _missing(error)
    yield functions
    manager.__exit__(None, None, None)


@pytest.fixture
def parity(_dltparity_functions):
    """A function that holds a .m function against a Python one.

    It takes the name of the .m function, the Python callable and the inputs (arrays of two or more
    dimensions, numbers, text, dicts for structs, lists for cells); `outputs`, how many are
    compared; and `promise`, 'bit' or 'noise'.
    """
    from .errors import RequestError
    from .pair.single import hold

    def held(m_function, py_function, *inputs, outputs=1, promise="bit"):
        __tracebackhide__ = True
        try:
            what = hold(
                _dltparity_functions, m_function, py_function, inputs, outputs, promise, _SECONDS
            )
        except RequestError as error:
            raise ValueError(str(error)) from None
        if what:
            raise AssertionError(what)

    return held
