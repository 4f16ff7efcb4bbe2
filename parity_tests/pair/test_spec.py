"""The file of pairs: what it says, and what it cannot say. No Octave is needed."""

import json

import numpy as np
import pytest
import scipy.io

from dltparity.errors import RequestError
from dltparity.pair import spec
from dltparity.pair.inputs import draw

PAIR = '[[pair]]\nmatlab = "sort"\npython = "numpy:sort"\n'


def read(tmp_path, text):
    file = tmp_path / "pairs.toml"
    file.write_text(text)
    return spec.read(file)


@pytest.mark.parametrize(
    "text, wording",
    [
        ("", "has no \\[\\[pair\\]\\]"),
        ("pair = 3", "has no \\[\\[pair\\]\\]"),
        ("= 3", "is no TOML file"),
        ('matlab = ["nowhere"]', "is no folder"),
        ('matlab = "."', "is a list of folders"),
        ("colour = 1", "'colour' is unknown"),
        (PAIR.replace('sort"\npy', "sort;system('x')\"\npy"), "is no name of a function"),
        (PAIR.replace("numpy:sort", "numpy.sort"), "expected 'module:function'"),
        (PAIR + 'promise = "close"', "expected 'bit' or 'noise'"),
        (PAIR + "outputs = 0", "expected a whole number"),
        (PAIR + "seconds = -1", "expected a number above 0"),
        (PAIR + PAIR, "two pairs of one name"),
        (PAIR + "[[pair.input]]\nsize = [1]", "MATLAB has at least two"),
        (PAIR + '[[pair.input]]\nsize = [1, "5..2"]', "is no size"),
        (PAIR + '[[pair.input]]\nclass = "float"', "expected one of double"),
        (PAIR + "[[pair.input]]\nlike = 1", "an earlier one's number"),
        (PAIR + "[[pair.input]]\nrange = [2, 1]", "expected \\[least, largest\\]"),
        (PAIR + '[[pair.input]]\nspecial = ["pi"]', "expected of nan"),
        (PAIR + '[[pair.input]]\nfile = "no.mat"', "cannot be read"),
    ],
)
def test_what_cannot_be_said_is_refused(tmp_path, text, wording):
    with pytest.raises(RequestError, match=wording):
        read(tmp_path, text)


@pytest.mark.parametrize("name", ["a\nb", "a:b"])
def test_a_folder_that_octave_cannot_have_on_its_path_is_refused(tmp_path, name):
    (tmp_path / name).mkdir()
    with pytest.raises(RequestError, match="cannot be on Octave's path: rename it"):
        read(tmp_path, f"matlab = [{json.dumps(name)}]\n{PAIR}")


def test_no_file(tmp_path):
    with pytest.raises(RequestError, match="cannot be read"):
        spec.read(tmp_path / "no\n.toml")


def test_inputs_are_drawn_as_they_are_described(tmp_path):
    text = PAIR + (
        '[[pair.input]]\nclass = "single"\nsize = ["n=1..4", 3]\nrange = [2, 3]\n'
        '[[pair.input]]\nclass = "int8"\nsize = ["n", "n"]\nrange = [-500, 500]\n'
        "[[pair.input]]\nlike = 1\nwhole = true\nrange = [0, 1]\n"
        '[[pair.input]]\nvalues = [7, "text", [1, 2]]\n'
        '[[pair.input]]\nspecial = ["nan", "-0"]\nsize = [20, 20]\n'
    )
    pair = read(tmp_path, text).pairs[0]
    for number in range(20):
        a, b, c, d, e = draw(pair, number)
        assert a.dtype == np.float32 and a.shape[1] == 3 and (a >= 2).all() and (a <= 3).all()
        assert b.dtype == np.int8 and b.shape == (len(a), len(a))
        assert c.shape == a.shape and set(c.ravel()) <= {0.0, 1.0}
        assert isinstance(d, str) or d.shape in ((1, 1), (1, 2))
        assert np.isnan(e).any() and (e == 0).any()
    again = draw(pair, 3)
    assert again[0].tobytes() == draw(pair, 3)[0].tobytes()
    assert again[0].tobytes() != draw(pair, 4)[0].tobytes()


def test_values_of_a_file(tmp_path):
    content = {"x": np.arange(6.0).reshape(2, 3), "s": {"a": "text", "b": [[1.0]]}}
    scipy.io.savemat(tmp_path / "data.mat", content)
    text = PAIR + "".join(
        f'[[pair.input]]\nfile = "data.mat"\nvariable = "{name}"\n' for name in ("x", "s")
    )
    found = read(tmp_path, text)
    x, s = draw(found.pairs[0], 0)
    assert x.shape == (2, 3) and s["a"] == "text"
    assert any(path.endswith("data.mat") for path in found.files)
    with pytest.raises(RequestError, match="the file has s, x"):
        read(tmp_path, text.replace('"x"', '"y"'))
