"""What was found of a user's net -> Markdown."""

from tabulate import tabulate

from ..noise import MULTIPLE, PERTURBATIONS


def render(content):
    """Write a result as Markdown.

    Parameters
    ----------
    content : dict
        From `run.run`.

    Returns
    -------
    str
        The report.
    """
    writer, facts = content["writer"], content["provenance"]
    rows = [
        [
            *(each["stage"], each["compared"], each["verdict"], each["fields"]),
            *(f"{each['values']:,}", f"{each['different']:,}", each["note"]),
        ]
        for each in content["stages"]
    ]
    headers = ("stage", "compared", "verdict", "fields", "values", "different", "")
    failing = [each for each in content["stages"] if each["verdict"] == "fail"]
    return "\n\n".join(
        [
            "# A net of a file",
            f"Written by {writer['by']} on {writer['platform']}, {writer['date']}; held against "
            f"the {content['family']} functions. The port is held to Octave's bits; what the file "
            f"itself holds may differ by {MULTIPLE} times the noise, which is what one-ulp "
            f"changes of the net do in Octave (the largest of {PERTURBATIONS} draws, in max norm "
            "over the array).",
            *[f"- {each}." for each in content["notes"]],
            tabulate(rows, headers, tablefmt="github", disable_numparse=True),
            *[f"{e['stage']}, {e['compared']}:\n\n" + "\n".join(e["first"]) for e in failing],
            *[f"Not judged: {e['stage']}: {e['reason']}." for e in content["not_judged"]],
            f"Octave {facts['octave']} on {facts['blas'].splitlines()[0]}; {facts['system']}, "
            f"{facts['cpu']}; {facts['date']}.",
            tabulate(
                [[each["path"], each["sha256"]] for each in content["files"]],
                ("file", "sha256"),
                tablefmt="github",
            ),
        ]
    )
