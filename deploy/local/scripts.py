"""The scripts of the pages under a type checker: TypeScript of the lock, run by Node.js of the dev packages."""

import os
from pathlib import Path

from deploy.local import node
from deploy.local.state import CHECKOUT, State

NAME = "scripts"


def check(python: Path, state: State) -> bool:
    """Say whether the types of all scripts fit; without the checker it is said, and only a build server (CI) fails."""
    if not node.ready(NAME, python, state):
        node.report_missing("not checked: TypeScript could not be fetched", "未能获取 TypeScript，脚本未检查", state)
        return not os.environ.get("CI")
    checker = node.packages(NAME) / "typescript" / "lib" / "tsc.js"
    return node.run(python, checker, "-p", CHECKOUT / "requirements" / NAME / "tsconfig.json") == 0
