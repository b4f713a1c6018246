"""One guarded process and the channel to it: started, asked, watched while it works, ended."""

import asyncio
import os
import socket
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

import msgspec

from media.decoder.messages import Answer, DecoderReady, Gap, Task
from media.errors import DecoderMissing
from media.limits import DecodeLimits

_ROOT = Path(__file__).parents[2]
_READ_BYTES = 64 * 1024
_START_MAX_S = 60
_LOOK_EVERY_S = 0.25
_LAST_BREATH_S = 2.0


class DiedError(Exception):
    """The guarded process ended before it answered."""


class StalledError(Exception):
    """The guarded process stands still: no answer, and no processor time used."""


class Helper:
    """One guarded process and the channel to it."""

    def __init__(self, process: asyncio.subprocess.Process, channel: socket.socket) -> None:
        self.process, self.channel = process, channel
        self.served = 0
        self.gaps: list[Gap] = []

    @classmethod
    async def start(cls, limits: DecodeLimits) -> "Helper":
        """Start a process and wait until it is ready. Raises DecoderMissing: no picture is to blame for that."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        ours.setblocking(False)
        environment = {
            "PATH": os.defpath,
            "PYTHONPATH": str(_ROOT),
            "OPENBLAS_NUM_THREADS": "1",
            "LC_ALL": "C.UTF-8",
        }
        command = (str(theirs.fileno()), str(limits.decoder_memory_max_bytes), str(limits.jpeg_pixels_max))
        with theirs:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "media.decoder.process",
                *command,
                env=environment,
                cwd="/",
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
            )
        helper = cls(process, ours)
        try:
            async with asyncio.timeout(_START_MAX_S):
                helper.gaps = msgspec.json.decode(await helper._line(), type=DecoderReady).gaps
        except (DiedError, ConnectionError, TimeoutError, msgspec.MsgspecError):
            await helper.end()
            raise DecoderMissing() from None
        return helper

    async def ask(
        self, task: Task, source: Path, targets: Sequence[Path], stalled_max_s: float, beside: Sequence[Path] = ()
    ) -> Answer:
        """Send one task with its open files and wait for the answer: source, others to read, targets to write.

        Raises DiedError, StalledError.
        """
        try:
            with ExitStack() as open_files:
                files = [open_files.enter_context(path.open("rb")) for path in (source, *beside)]
                files += [open_files.enter_context(target.open("w+b")) for target in targets]
                socket.send_fds(self.channel, [msgspec.json.encode(task)], [file.fileno() for file in files])
            line = await self._line_while_working(stalled_max_s)
        except ConnectionError as error:
            raise DiedError from error
        self.served += 1
        try:
            return msgspec.json.decode(line, type=Answer)
        except msgspec.MsgspecError as error:  # of another version: the software was replaced while we ran
            raise DiedError from error

    async def end(self) -> None:
        self.channel.close()
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()

    async def cause_of_death(self) -> int:
        """Its exit status, or less than 0 the signal that ended it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_BREATH_S):
                await self.process.wait()
        await self.end()
        return self.process.returncode or 0

    async def _line_while_working(self, stalled_max_s: float) -> bytes:
        line = asyncio.create_task(self._line())
        loop = asyncio.get_running_loop()
        used, moved_at = self._ticks(), loop.time()
        try:
            while True:
                await asyncio.wait({line}, timeout=min(_LOOK_EVERY_S, stalled_max_s))
                if line.done():
                    return line.result()
                now_used = self._ticks()
                if now_used is None or now_used != used:
                    used, moved_at = now_used, loop.time()
                elif loop.time() - moved_at >= stalled_max_s:
                    raise StalledError
        finally:
            line.cancel()

    def _ticks(self) -> int | None:
        """Processor time used so far, in the system's ticks; None where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return None
        return int(fields[11]) + int(fields[12])

    async def _line(self) -> bytes:
        loop = asyncio.get_running_loop()
        line = b""
        while not line.endswith(b"\n"):
            more = await loop.sock_recv(self.channel, _READ_BYTES)
            if not more:
                raise DiedError
            line += more
        return line
