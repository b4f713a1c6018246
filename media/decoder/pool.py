"""Our side of the decoder: processes started when first needed, one picture each at a time, replaced when they die."""

import asyncio
import os
import socket
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import msgspec

from media.decoder.messages import Answer, Box, Findings, Job, Output
from media.errors import DecoderBusy, DecoderMissing
from media.kinds import Kind, decoder_format
from media.limits import Limits
from media.refusals import refusal

_HOUSE = Path(__file__).parents[2]
_PICTURES_EACH = 500
"""A process is replaced after so many, so that what a library leaks does not add up."""
_READ_BYTES = 64 * 1024
_START_MAX_S = 60


class DiedError(Exception):
    """The guarded process ended before it answered."""


class Helper:
    """One guarded process and the channel to it."""

    def __init__(self, process: asyncio.subprocess.Process, channel: socket.socket) -> None:
        self.process, self.channel = process, channel
        self.served = 0

    @classmethod
    async def start(cls, limits: Limits) -> "Helper":
        """Start a process and wait until it is ready. Raises DecoderMissing: no picture is to blame for that."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        ours.setblocking(False)
        environment = {
            "PATH": os.defpath,
            "PYTHONPATH": str(_HOUSE),
            "OPENBLAS_NUM_THREADS": "1",
            "LC_ALL": "C.UTF-8",
        }
        command = (str(theirs.fileno()), str(limits.decoder_memory_max_bytes), str(limits.pixels_max))
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
                await helper._line()
        except (DiedError, ConnectionError, TimeoutError):
            await helper.end()
            raise DecoderMissing() from None
        return helper

    async def ask(self, job: Job, source: Path, targets: Sequence[Path]) -> Answer:
        """Send one job with its open files and wait for the answer. Raises DiedError."""
        try:
            with ExitStack() as open_files:
                files = [open_files.enter_context(source.open("rb"))]
                files += [open_files.enter_context(target.open("w+b")) for target in targets]
                socket.send_fds(self.channel, [msgspec.json.encode(job)], [file.fileno() for file in files])
            line = await self._line()
        except (BrokenPipeError, ConnectionError) as error:
            raise DiedError from error
        self.served += 1
        return msgspec.json.decode(line, type=Answer)

    async def _line(self) -> bytes:
        loop = asyncio.get_running_loop()
        line = b""
        while not line.endswith(b"\n"):
            more = await loop.sock_recv(self.channel, _READ_BYTES)
            if not more:
                raise DiedError
            line += more
        return line

    async def end(self) -> None:
        self.channel.close()
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()


class Decoder:
    """Hands pictures to the guarded processes: at most `limits.decoders` at once, the others wait their turn."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._turns = asyncio.Semaphore(limits.decoders)
        self._idle: list[Helper] = []
        self._waiting = 0

    async def develop(
        self,
        kind: Kind,
        source: Path,
        outputs: Sequence[Output],
        targets: Sequence[Path],
        boxes: Sequence[Box] = (),
    ) -> Findings:
        """Check a picture and write its copies. Raises PhotoRefused (its fault), DecoderBusy, DecoderMissing (ours)."""
        if self._waiting >= self._limits.decoder_waiting_max:
            raise DecoderBusy()
        self._waiting += 1
        try:
            async with self._turns:
                answer = await self._ask(self._job(kind, outputs, boxes), source, targets)
        finally:
            self._waiting -= 1
        if isinstance(answer, Findings):
            return answer
        raise refusal(answer.code, answer.facts)

    def idle_pids(self) -> list[int]:
        """The processes that wait for work, for tests and benches that look at them or end them."""
        return [helper.process.pid for helper in self._idle]

    async def close(self) -> None:
        while self._idle:
            await self._idle.pop().end()

    def _job(self, kind: Kind, outputs: Sequence[Output], boxes: Sequence[Box]) -> Job:
        limits = self._limits
        return Job(
            format=decoder_format(kind),
            outputs=tuple(outputs),
            pixels_max=limits.pixels_max,
            side_max_px=limits.side_max_px,
            exif_max_bytes=limits.exif_max_bytes,
            local_offset_min=limits.local_offset_min,
            cpu_max_s=limits.decoder_cpu_max_s,
            boxes=tuple(boxes),
        )

    async def _ask(self, job: Job, source: Path, targets: Sequence[Path]) -> Answer:
        helper = await self._helper()
        is_fit = False
        try:
            async with asyncio.timeout(self._limits.decoder_wall_max_s):
                answer = await helper.ask(job, source, targets)
            is_fit = helper.served < _PICTURES_EACH
            return answer
        except TimeoutError:
            raise refusal("photo-took-too-long", {}) from None
        except DiedError:
            raise refusal("photo-broke-the-decoder", {}) from None
        finally:
            if is_fit:
                self._idle.append(helper)
            else:
                await asyncio.shield(helper.end())

    async def _helper(self) -> Helper:
        """An idle process that still lives, or a new one: one that died between two photos costs nobody anything."""
        while self._idle:
            helper = self._idle.pop()
            if helper.process.returncode is None:
                return helper
            await helper.end()
        return await Helper.start(self._limits)
