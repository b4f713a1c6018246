"""Independent programs that a bench compares us with, provisioned as everything else that `make` needs."""

import shutil

from bench.parts.stage import BenchFailed
from deploy.local import packages, state
from deploy.local.trouble import Trouble


def need(program: str, package: str) -> str:
    """The path of a program, installed by apt where it is missing and we may. Raises BenchFailed elsewhere."""
    try:
        packages.ensure_programs({program: package}, state.of_this_run("bench"))
    except Trouble as trouble:
        raise BenchFailed("\n".join([trouble.en, trouble.zh, *trouble.help_lines])) from trouble
    found = shutil.which(program)
    if not found:
        raise BenchFailed(f"{program} is missing though {package} is installed")
    return found
