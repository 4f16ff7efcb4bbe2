"""The report's section on what the comparison takes for granted."""

from tabulate import tabulate


def render(content):
    """Write what `checks.determinism.gather` measured as Markdown.

    Parameters
    ----------
    content : dict
        From `checks.determinism.gather`.

    Returns
    -------
    str
        Determinism, the BLAS in use, the original's own test.
    """
    same = sum(row["same"] for row in content["determinism"])
    parts = [
        "## What the comparison takes for granted",
        f"Run twice on the same case, {same} of {len(content['determinism'])} pairs of traces have "
        "the same bits.",
        _table(
            [
                [row["runner"], row["case"], row["digest"], "yes" if row["same"] else "NO"]
                for row in content["determinism"]
            ],
            ("run in", "case", "digest of its trace", "same twice"),
        ),
        "The BLAS that Octave ran on, as the bits of a product and of a convolution show it:",
        _table(
            [
                [name, row["says"], row["product"], row["axpy"]]
                for name, row in content["blas"].items()
            ],
            ("asked for", "Octave says", "A*B sums", "y + a*x sums"),
        ),
    ]
    test = content["gradient_test"]
    if test is None:
        parts.append("The original's own gradient test was not run: the original is not here.")
    else:
        outcome = "passes" if test["outcome"] == "pass" else f"fails: {test['outcome']}"
        parts.append(
            f"The original's own test of its gradients, `{test['test']}`, run in Octave with "
            f"`rand('state', {test['seed']})`: {outcome}."
        )
    return "\n\n".join(parts)


def _table(rows, headers):
    return tabulate(rows, headers, tablefmt="github", disable_numparse=True)
