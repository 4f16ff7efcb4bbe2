"""The report's section on cases for which nothing is promised on this machine."""

from tabulate import tabulate


def render(content):
    """Write the section.

    Parameters
    ----------
    content : list of dict
        With 'name', 'reference' and 'reason'.

    Returns
    -------
    str
        Markdown.
    """
    headers = {"name": "case", "reference": "reference", "reason": "reason"}
    return "## Not judged here\n\n" + tabulate(content, headers, tablefmt="github")
