"""Independent programs that a bench compares us with; installed by themselves on Debian and Ubuntu as root."""

import os
import shutil
import subprocess

from bench.parts.stage import BenchFailed


def need(program: str, package: str) -> str:
    """The path of a program, installed when missing. Raises BenchFailed where that cannot be."""
    if not shutil.which(program) and os.geteuid() == 0 and shutil.which("apt-get"):
        for words in (("update",), ("install", "-y", "--no-install-recommends", package)):
            subprocess.run(
                ["apt-get", "-qq", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
            )
    found = shutil.which(program)
    if not found:
        raise BenchFailed(f"{program} is missing: install {package}")
    return found
