"""All rules of a mini-program, asked of one folder: `python -m deploy.miniprogram.check FOLDER ADDRESS…`.

Each fault is a line; none means that nothing was found, not that a review will pass (docs/miniprogram.md says what is
left to people).
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from deploy.miniprogram import app_json, calls, contents, package, pages, texts
from deploy.miniprogram.package import Package


def faults(of: Package, addresses: Sequence[str] = ()) -> list[str]:
    """Everything that is wrong. `addresses`: the town's own, which the package may name; none in the source."""
    rules = (app_json.faults(of), pages.faults(of), calls.faults(of), contents.faults(of, addresses), texts.faults(of))
    return list(dict.fromkeys(fault for rule in rules for fault in rule))


def main(arguments: Sequence[str]) -> int:
    """Print the faults of a folder and return 1 where there are any. After it: the addresses that are the town's."""
    if not arguments:
        print("usage: python -m deploy.miniprogram.check FOLDER ADDRESS…")
        return 2
    found = package.read(Path(arguments[0]))
    wrong = faults(found, arguments[1:])
    print("\n".join([*wrong, f"{len(wrong)} faults, {found.size} bytes in {len(found.files)} files"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
