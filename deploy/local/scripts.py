"""The scripts of the pages under a type checker, and others' beside what npm has: packages of the lock, by Node.js of
the dev packages.
"""

import os
from pathlib import Path

from deploy.local import node, progress, vendored
from deploy.local.state import CHECKOUT, State

NAME = "scripts"


def check(python: Path, state: State) -> bool:
    """Say whether the types of all scripts fit and others' are unchanged.

    Where npm cannot fetch the packages that is said, and only a build server (CI) fails.
    """
    if not node.ready(NAME, python, state):
        node.report_missing("not checked: TypeScript could not be fetched", "未能获取 TypeScript，脚本未检查", state)
        return not os.environ.get("CI")
    packages = node.packages(NAME)
    changed = vendored.changed(packages)
    if changed:
        progress.report(f"  not as npm has it: {', '.join(changed)}", "与 npm 包不一致")
    checker = packages / "typescript" / "lib" / "tsc.js"
    types = CHECKOUT / "requirements" / NAME / "tsconfig.json"
    return node.run(python, checker, "-p", types) == 0 and not changed
