"""How far a command has come."""

import sys

from tqdm import tqdm


def progress(cases):
    """Yield from `cases`; show a bar on a terminal, a line per case elsewhere."""
    if sys.stderr.isatty():
        with tqdm(cases, unit="case") as bar:
            for case in bar:
                bar.set_postfix_str(case.name)
                yield case
    else:
        for number, case in enumerate(cases, 1):
            print(f"[{number}/{len(cases)}] {case.name}", flush=True)
            yield case
