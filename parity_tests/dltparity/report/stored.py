"""What the report's sections say alike of stored results: whether there are any, of which state."""


def not_run(title, content):
    """Write the section of a result that is not there."""
    return f"{title}\n\nNot run: `{content['not_run']}` writes this section."


def stale(content, command=""):
    """List what has changed since it was measured, in a sentence; empty where nothing has.

    Parameters
    ----------
    content : dict
        From a function of `checks.stored_results`, or what has just been measured.
    command : str
        What measures it anew, where the sentence is to say so.
    """
    if not (changed := content.get("changed")):
        return []
    return [
        f"**Measured before these changed: {', '.join(changed)}.**"
        f"{f' `{command}` measures anew.' if command else ''}"
    ]


def partial(content):
    """List what it lacks of a whole one, in a sentence; empty where nothing."""
    return [f"**Partial: {content['partial']}.**"] if content.get("partial") else []
