"""The pictures: what is in them, and what is refused."""

import subprocess
import sys

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot

import dltcnn
from dltcnn import OctaveRandom, plot_kernels, plot_maps, plot_rL
from training.trainings import cnn_case, options


@pytest.fixture(autouse=True)
def _no_windows():
    mpl.use("agg")
    yield
    pyplot.close("all")


@pytest.fixture(scope="module")
def trained():
    net, x, y = cnn_case()
    return dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5), verbose=False)


def drawn(figure):
    """The images in a figure by title."""
    figure.canvas.draw()
    return {axes.get_title(): axes.images[0] for axes in figure.axes if axes.get_title()}


def test_all_kernels_are_drawn_on_one_scale_around_0(trained):
    images = drawn(plot_kernels(trained))
    assert [*images] == ["k[0][0]", "k[0][1]"]
    largest = max(abs(k).max() for k in trained.layers[1].k[0])
    for j, image in enumerate(images.values()):
        assert np.array_equal(image.get_array(), trained.layers[1].k[0][j])
        assert image.get_clim() == (-largest, largest)


@pytest.mark.parametrize("layer", [None, 0, 1, 2])
def test_the_maps_of_one_image_are_drawn(trained, layer):
    images = drawn(plot_maps(trained, 2, layer))
    maps = [a[:, :, 2] for a in trained.layers[layer or 0].a]
    assert len(images) == len(maps)
    for image, values in zip(images.values(), maps, strict=True):
        assert np.array_equal(image.get_array(), values)
        assert image.get_clim() == (np.min(maps), np.max(maps))


def test_the_loss_is_drawn_over_the_batches(trained):
    (line,) = plot_rL(trained).axes[0].lines
    assert np.array_equal(line.get_ydata(), trained.rL)
    assert np.array_equal(line.get_xdata(), np.arange(10))


def test_kernels_with_nan_are_drawn(trained):
    net = trained.copy()
    net.layers[1].k[0][0][0, 0] = np.nan
    assert np.isfinite(next(iter(drawn(plot_kernels(net)).values())).get_clim()).all()


@pytest.mark.parametrize(
    ("call", "wording"),
    [
        (lambda net, new: plot_kernels(net, 2), "layer 2 was given: expected one of 1, the layers"),
        (lambda net, new: plot_maps(net, 4), "image 4 was given: expected 0 to 3"),
        (lambda net, new: plot_maps(new), "no layer of the net has a: run cnnff"),
        (lambda net, new: plot_maps(net, 0, 9), "layer 9 was given: expected one of 0, 1, 2"),
        (lambda net, new: plot_rL(new), "the net has no rL: train it"),
    ],
)
def test_what_a_net_does_not_have_is_refused(trained, call, wording):
    with pytest.raises(ValueError, match=wording):
        call(trained, cnn_case()[0])


@pytest.mark.parametrize("call", [plot_kernels, plot_maps, plot_rL])
def test_what_is_no_net_is_refused(call):
    with pytest.raises(TypeError, match="net is of type dict: expected a Net"):
        call({})


@pytest.mark.parametrize("call", [plot_kernels, plot_maps, plot_rL])
def test_without_matplotlib_it_is_said_what_to_install(trained, call, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'dltcnn\[plot\]'"):
        call(trained)


def test_the_library_needs_no_matplotlib():
    program = "import sys, dltcnn; sys.exit('matplotlib' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
