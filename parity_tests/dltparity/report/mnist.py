"""The report on a training on MNIST."""

from tabulate import tabulate

_HEADLINE = "one epoch of 60,000 images in about 200 seconds, about 11 % test error"


def render(content):
    """Write a training as Markdown.

    Parameters
    ----------
    content : dict
        "settings", "images", "epochs", "provenance", as `commands.mnist` makes it.

    Returns
    -------
    str
        The report.
    """
    settings, images = content["settings"], content["images"]
    threads = f", {settings['threads']} threads" if settings["threads"] > 1 else ""
    rows = [
        [
            number,
            f"{epoch['seconds']:.1f} s",
            f"{images['train'] / epoch['seconds']:,.0f}",
            f"{epoch['test_error']:.2%}",
        ]
        for number, epoch in enumerate(content["epochs"], 1)
    ]
    return "\n\n".join(
        [
            "# The toolbox's example on MNIST",
            f"`{content['layers']}`, {images['train']:,} images to train on and {images['test']:,} "
            f"to test, batches of {settings['batchsize']}, learning rate {settings['alpha']:g}, "
            f"`rand('state', {settings['seed']})`; engine \"{settings['engine']}\"{threads}.",
            tabulate(rows, ["epoch", "time", "images per second", "test error"], tablefmt="github"),
            f"The toolbox says of its example: {_HEADLINE}.",
            tabulate(
                list(content["provenance"].items()),
                ["what", "value"],
                tablefmt="github",
                disable_numparse=True,
            ),
        ]
    )
