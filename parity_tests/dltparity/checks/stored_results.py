"""Results of commands that take long: the commands write them as JSON, the report shows them.

Each says what it depends on: port, harness, references, Octave and the machine. Where one of these
is another today the result is shown as such, and can neither keep nor break a promise.
"""

from .. import fingerprint, port_state
from ..errors import RequestError
from ..seal import opened, read


def changed_since(content):
    """Name what a run depends on and what is another today.

    Parameters
    ----------
    content : dict
        Of its parity.json. Of a run against recordings alone only the port is known.

    Returns
    -------
    list of str
        As `fingerprint.changed`.
    """
    about = content["provenance"]
    if about.get("depends_on"):
        return fingerprint.changed(about["depends_on"])
    return [] if about.get("port") == port_state.port("acnn") else ["port"]


def sweep(path, command, least=0, **wanted):
    """Read the summary of a sweep.

    Parameters
    ----------
    path : Path
        The file.
    command : str
        The command that writes it.
    least : int
        How many nets a whole sweep has.
    **wanted
        What else the file of this section says: 'family' and 'reference'.

    Returns
    -------
    dict
        Its content, 'changed', the parts that it depends on and that are others today, 'current':
        whether there are none, and 'partial', what it lacks of a whole one. 'not_run', the command,
        alone where there is no such file, or one of an earlier version.

    Raises
    ------
    RequestError
        If it cannot be read, or its figures do not fit each other.
    """

    def state(content):
        clean = content["values"] > 0 and not content["different"] and not content["failing"]
        passed = content["nets"] > 0 and clean
        _fits(content["verdict"] == ("pass" if passed else "fail"))
        return _today(content["depends_on"]) | _partial(
            _fewer(content["nets"], least), *_others(content, wanted)
        )

    return _read(path, command, state)


def engines(path, command, least=0):
    """Read the comparison of the engines on random nets; as `sweep`."""

    def state(content):
        passed = content["compiled"] > 0 and not content["failing"]
        _fits(content["verdict"] == ("pass" if passed else "fail"))
        _fits(content["nets"] == content["compiled"] + sum(content["left"].values()))
        return _today(content["depends_on"]) | _partial(_fewer(content["nets"], least))

    return _read(path, command, state)


def bench(path, command):
    """Read what a benchmark was to reach; as `sweep`, without the times."""

    def state(content):
        idle = [each["what"] for each in content["promises"] if each["kept"] is None]
        return _today(content["depends_on"]) | _partial(
            "the toolbox's example only" * content["quick"],
            f"not run: {'; '.join(idle)}" if idle else "",
            "JAX was not installed" * (content["provenance"].get("jax") == "not installed"),
        )

    found = _read(path, command, state)
    names = ("not_run", "verdict", "promises", "changed", "current", "partial")
    return {name: found[name] for name in names if name in found} | {
        name: found["provenance"][name] for name in ("date", "cpu") if "provenance" in found
    }


def mutation(path, command, **wanted):
    """Read a mutation score; as `sweep`, `wanted` being the 'kind' of judge."""

    def state(content):
        entries = content["files"]
        _fits(all(e["mutants"] == sum(e["found"].values()) + len(e["left"]) for e in entries))
        left = sum(len(entry["left"]) for entry in entries)
        _fits(content["mutants"] == sum(entry["mutants"] for entry in entries) > 0)
        _fits(content["killed"] == content["mutants"] - left)
        _fits(content["score"] == content["killed"] / content["mutants"])
        missing = content["not_measured"]
        partial = f"{len(missing)} of {len(missing) + len(entries)} modules not measured yet"
        return _today(*(entry["depends_on"] for entry in entries)) | _partial(
            partial if missing else "", *_others(content, wanted)
        )

    return _read(path, command, state)


def lacking(content):
    """Say what keeps a stored result from being a whole one of today that keeps its promise.

    Parameters
    ----------
    content : dict
        What one of these functions returns.

    Returns
    -------
    list of str
        Empty where nothing does.
    """
    if "not_run" in content:
        return ["not measured"]
    found = [before(content["changed"])] if content["changed"] else []
    found += [content["partial"]] if content["partial"] else []
    return found + (["it fails"] if content["verdict"] == "fail" else [])


def before(changed):
    """Say of which state a result is not."""
    return f"measured before these changed: {', '.join(changed)}"


def _partial(*lacks):
    return {"partial": "; ".join(filter(None, lacks))}


def _fewer(count, least):
    return f"{count:,} of {least:,} nets" if count < least else ""


def _others(content, wanted):
    """Say where a file is that of another section: its seal is as good as this one's."""
    for name, value in wanted.items():
        if content[name] != value:
            yield f"{name} is {content[name]}, not {value}"


def _today(*states):
    changed = fingerprint.changed(*states)
    return {"changed": changed, "current": not changed}


def _fits(true):
    if not true:
        raise ValueError("its figures do not fit each other")


def _read(path, command, state):
    if not path.is_file():
        return {"not_run": command}
    try:
        content = read(path)
        if isinstance(content, dict) and "seal" not in content:
            return {"not_run": command}  # of an earlier version: nobody knows what it depends on
        content = opened(content)
        return content | state(content)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RequestError(
            f"{path} cannot be read ({error!r}): remove it, or write it anew with {command}"
        ) from None


def is_broken(content):
    """Tell whether a stored result is of today and breaks its promise."""
    return content.get("current", False) and content["verdict"] == "fail"
