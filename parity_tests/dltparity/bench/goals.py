"""What the compiled engine is to reach, beside what was measured."""

from dataclasses import asdict

from .sizes import Size
from .timing import slope

# Threads, whether OpenBLAS's kernels are pinned, class -> least ratio to the engine's time.
_OCTAVE = {
    (1, False, "double"): 25,
    (1, False, "single"): 42,
    (1, True, "double"): 20,
    (1, True, "single"): 40,
}
_TORCH = {
    (1, False, "double"): 2.5,
    (1, False, "single"): 2.5,
    (1, True, "double"): 1.5,
    (1, True, "single"): 1.4,
    (2, False, "double"): 1.5,
    (2, False, "single"): 1.2,
}
_NETS_LINES = 10
_NETS_TORCH = {None: 1.2, ("B", "single"): 0.7}  # net's letter and class
_SLOPE = 0.1  # how far from 1
_EPOCH = 1.08  # in units of its steps
_PEAK = 20 * 2**20  # bytes above the data


def all_of(content):
    """Hold the measurements against what is to be reached.

    Parameters
    ----------
    content : dict
        The benchmark, as `campaign.run` gathers it.

    Returns
    -------
    list of dict
        "what", "wanted", "measured", "kept" (None where nothing was measured).
    """
    found = []
    for step in content["steps"]:
        if _is_example(step):
            found += _speed(step)
    for net in content.get("nets", ()):
        found += _net(net)
    if "peaks" in content:
        found += _memory(content["peaks"])
    if "epochs" in content:
        found += _epochs(content["epochs"])
    if "images" in content:
        grown = slope(content["images"], content["growth_seconds"])
        found.append(
            _promise(
                f"time from {content['images'][0]:,} to {content['images'][-1]:,} images: slope",
                f"1.0 ± {_SLOPE}",
                f"{grown:.3f}",
                abs(grown - 1) <= _SLOPE,
            )
        )
    return found


def wrong_steps(content):
    """List what was timed and gives weights outside the rounding bound."""
    timed = (*content["steps"], *content.get("nets", ()))
    return [step for step in timed if any(v > 1 for v in step["check"].values())]


def _is_example(step):
    size = asdict(Size(step["size"]["cls"]))
    return {**size, "maps": list(size["maps"])} == step["size"]


def _speed(step):
    key = step["threads"], step["pin"] is not None, step["size"]["cls"]
    cls, where = step["size"]["cls"], f"{step['threads']} thread(s)"
    where += f", {step['pin']} kernels" if step["pin"] else ""
    found = []
    if key in _OCTAVE:
        name = "octave" if "octave" in step["to_compiled"] else "acnn.m"
        label = "Octave, the original" if name == "octave" else "Octave, acnn.m"
        found.append(_at_least(f"{cls}, {where}: time of {label}", _OCTAVE[key], step, name))
    if key in _TORCH:
        found.append(
            _at_least(f"{cls}, {where}: PyTorch's best", _TORCH[key], step, step["torch_best"])
        )
    if step["lines_to_octave"] and step["threads"] == 1 and not step["pin"]:
        value = step["lines_to_octave"]["median"]
        found.append(
            _promise(
                f"{cls}, {where}: time of the line-by-line port in units of Octave's, the original",
                "at most 1.0",
                f"{value:.2f}",
                value <= 1,
            )
        )
    return found


def _net(net):
    what, cls = f"{net['class']}, net {net['net']}", net["class"]
    least = _NETS_TORCH.get((net["net"][0], cls), _NETS_TORCH[None])
    return [
        _at_least(f"{what}: time of the line-by-line port", _NETS_LINES, net, "lines"),
        _at_least(f"{what}: PyTorch's best", least, net, net["torch_best"]),
    ]


def _at_least(what, wanted, step, name):
    value = step["to_compiled"].get(name)
    measured = "not run" if value is None else f"{value['median']:.2f}"
    kept = None if value is None else value["median"] >= wanted
    return _promise(
        f"{what} in units of the compiled engine's", f"at least {wanted}", measured, kept
    )


def _memory(peaks):
    worst = max(row["compiled"] / row["lines"] for row in peaks)
    rest = [row["compiled"] - row["fields"] - row["images"] for row in peaks]
    span = (max(rest) - min(rest)) / 2**20
    # Beside the fields of the net and the images of the batch, chunks of fixed size are all.
    flat = max(rest) <= max(rest[0], 0) + 0.02 * (peaks[-1]["fields"] - peaks[0]["fields"])
    return [
        _promise(
            "peak memory in units of the line-by-line port's, at any batch",
            "at most 1",
            f"{worst:.2f}",
            worst <= 1,
        ),
        _promise(
            "peak memory besides the returned net's fields and the batch's images",
            "flat in the batch",
            f"within {span:.1f} MiB from batch {peaks[0]['batch']} to {peaks[-1]['batch']}",
            flat,
        ),
    ]


def _epochs(epochs):
    peak, share = epochs["peak"], epochs["epoch"]["median"]
    return [
        _promise(
            f"peak memory of an epoch of {epochs['images']:,} images, above the data",
            f"at most {_PEAK >> 20} MiB",
            f"{peak / 2**20:.1f} MiB",
            peak <= _PEAK,
        ),
        _promise(
            f"time of an epoch of {epochs['timed']:,} images in units of its steps'",
            f"at most {_EPOCH}",
            f"{share:.3f}",
            share <= _EPOCH,
        ),
    ]


def _promise(what, wanted, measured, kept):
    return {"what": what, "wanted": wanted, "measured": measured, "kept": kept}
