"""One process of the product: started, heard, and started again when it ends."""

import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy.local import processes, progress

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
SETTLED_AFTER_S = 60.0


class Child:
    """A process that is started again whenever it ends, after a pause that grows while it keeps ending."""

    def __init__(self, name: str, argv: Sequence[str | Path], env: Mapping[str, str]) -> None:
        self.name = name
        self.argv = argv
        self.env = env
        self.deaths = 0
        self.pause_s = FIRST_PAUSE_S
        self.due_at_s = 0.0
        self.born_at_s = 0.0
        self.process: subprocess.Popen[bytes] | None = None
        self.unfinished_line = b""

    def start(self) -> None:
        """Start the process."""
        self.process = processes.spawn(self.argv, env=self.env, output=subprocess.PIPE)
        self.born_at_s = time.monotonic()

    def note_death(self) -> None:
        """Say how the process ended, and when it will be started again."""
        lived_s = time.monotonic() - self.born_at_s
        code = self.process.returncode if self.process else 0
        self.process = None
        self.deaths += 1
        self.pause_s = FIRST_PAUSE_S if lived_s > SETTLED_AFTER_S else self.pause_s
        self.due_at_s = time.monotonic() + self.pause_s
        how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
        pause = progress.in_words(self.pause_s)
        progress.tell(f"{self.name} {how}; starting it again in {pause}", "进程退出，即将重启")
        self.pause_s = min(self.pause_s * 2, LONGEST_PAUSE_S)

    def pass_on(self, data: bytes) -> None:
        """Write the whole lines of what the process said, each with its name before it; keep the rest."""
        *lines, self.unfinished_line = (self.unfinished_line + data).split(b"\n")
        prefix = f"{self.name:6} | ".encode()
        if lines:
            progress.write(b"".join(prefix + line + b"\n" for line in lines))
