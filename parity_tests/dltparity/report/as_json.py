"""reports/parity.json: the contract that others build on (schema 1)."""

SCHEMA = 1


def content(results, provenance, sections):
    """Gather results into the report's content.

    Parameters
    ----------
    results : list of CaseResult
        Without one the verdict is 'fail'.
    provenance : dict
        Where they come from.
    sections : dict
        What else was measured, by the keys in `as_markdown.SECTIONS`; JSON types.

    Returns
    -------
    dict
        JSON types only.
    """
    cases = [result.as_dict() for result in results]
    failed = sum(case["verdict"] == "fail" for case in cases)
    return {
        "schema": SCHEMA,
        "verdict": "pass" if cases and not failed else "fail",
        "provenance": provenance,
        "totals": {
            "cases": len(cases),
            "fields": sum(case["fields"] for case in cases),
            "values": sum(case["values"] for case in cases),
            "different_values": sum(case["different_values"] for case in cases),
            "failed_cases": failed,
            "not_judged": len(sections["not_judged"]),
        },
        "cases": cases,
        **sections,
    }
