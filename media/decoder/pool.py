"""Our side of the decoder: processes started when first needed, one picture each at a time, replaced when they die."""

import asyncio
import errno
import signal
from collections.abc import Sequence
from pathlib import Path

import structlog

from backend.availability import is_passing
from backend.errors import AppError
from media.decoder.helper import DiedError, Helper, StalledError
from media.decoder.messages import (
    Answer,
    Box,
    DecodeJob,
    DecodeRefusal,
    Findings,
    Gap,
    Output,
    SceneComparison,
    SceneFindings,
    Symbols,
    SymbolSearch,
    Task,
    Trouble,
)
from media.errors import DecoderBusy, DecoderFailed, PhotoRefused, StoreFull
from media.kinds import MediaKind, decoder_format
from media.limits import DecodeLimits

log = structlog.get_logger(__name__)

_PICTURES_EACH = 500
"""A process is replaced after so many, so that what a library leaks does not add up."""
_SYMBOLS_MAX = 100
_OUT_OF_MEMORY = "photo-needs-too-much-memory"
_FULL = {errno.ENOSPC, errno.EDQUOT}
_OWN_DEATHS = {-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGABRT, -signal.SIGILL, -signal.SIGFPE, -signal.SIGSYS}
"""Signals that a process earns by what it does; others were sent."""


class _FailedError(Exception):
    """A process failed at a picture. `verdict`: what the picture is refused with when a fresh process fails alike."""

    def __init__(self, cause: str, verdict: str | None = None) -> None:
        super().__init__(cause)
        self.cause, self.verdict = cause, verdict


def _error_of(answer: Answer) -> AppError:
    if isinstance(answer, DecodeRefusal):
        return PhotoRefused(answer.code, **answer.facts)
    if isinstance(answer, Trouble) and answer.errno in _FULL:
        return StoreFull()
    return (
        DecoderFailed()
        if isinstance(answer, Trouble) and is_passing(OSError(answer.errno, ""))
        else PhotoRefused("photo-undecodable")
    )


class Decoder:
    """Gives pictures to the guarded processes: at most `limits.decoders` at once, the others wait their turn."""

    def __init__(self, limits: DecodeLimits) -> None:
        self._limits = limits
        self._turns = asyncio.Semaphore(limits.decoders)
        self._idle: list[Helper] = []
        self._waiting = 0
        self.gaps: list[Gap] = []
        """The barriers around the latest process that this system did not grant."""

    async def develop(
        self,
        kind: MediaKind,
        source: Path,
        outputs: Sequence[Output],
        targets: Sequence[Path],
        boxes: Sequence[Box] = (),
        *,
        is_hashed: bool = False,
        is_patient: bool = False,
    ) -> Findings:
        """Check a picture, write its copies, and hash the smallest of them where that is asked for.

        Jobs are patient and wait their turn; a person is told to come again.

        Raises PhotoRefused (the picture's fault); DecoderBusy, DecoderMissing, DecoderFailed, StoreFull (ours).
        """
        job = self._job(kind, outputs, boxes, is_hashed=is_hashed)
        answer = await self._in_turn(job, source, targets, is_patient=is_patient)
        if isinstance(answer, Findings):
            return answer
        raise _error_of(answer)

    async def find_symbols(self, kind: MediaKind, source: Path, boxes: Sequence[Box] = ()) -> Symbols:
        """Read the QR symbols of a picture, at most `_SYMBOLS_MAX`. Raises as `develop`."""
        limits = self._limits
        search = SymbolSearch(
            format=decoder_format(kind),
            pixels_max=limits.pixels_max_of(kind),
            side_max_px=limits.side_max_px,
            cpu_max_s=limits.decoder_cpu_max_s,
            symbols_max=_SYMBOLS_MAX,
            boxes=tuple(boxes),
        )
        answer = await self._in_turn(search, source, ())
        if isinstance(answer, Symbols):
            return answer
        raise _error_of(answer)

    async def compare_scenes(self, before: Path, after: Path) -> SceneFindings:
        """Measure what changed between two JPEG copies of one place. Raises as `develop`."""
        limits = self._limits
        comparison = SceneComparison(
            format=decoder_format(MediaKind.JPEG),
            pixels_max=limits.jpeg_pixels_max,
            side_max_px=limits.side_max_px,
            cpu_max_s=limits.decoder_cpu_max_s,
        )
        answer = await self._in_turn(comparison, before, (), beside=(after,))
        if isinstance(answer, SceneFindings):
            return answer
        raise _error_of(answer)

    def idle_pids(self) -> list[int]:
        """The processes that wait for work, for tests and benches that look at them or end them."""
        return [helper.process.pid for helper in self._idle]

    async def close(self) -> None:
        while self._idle:
            await self._idle.pop().end()

    async def _in_turn(
        self,
        task: Task,
        source: Path,
        targets: Sequence[Path],
        *,
        is_patient: bool = False,
        beside: Sequence[Path] = (),
    ) -> Answer:
        if not is_patient and self._waiting >= self._limits.decoder_waiting_max:
            raise DecoderBusy()
        self._waiting += not is_patient
        try:
            async with self._turns:
                return await self._ask(task, source, targets, beside)
        finally:
            self._waiting -= not is_patient

    def _job(self, kind: MediaKind, outputs: Sequence[Output], boxes: Sequence[Box], *, is_hashed: bool) -> DecodeJob:
        limits = self._limits
        return DecodeJob(
            format=decoder_format(kind),
            outputs=tuple(outputs),
            pixels_max=limits.pixels_max_of(kind),
            side_max_px=limits.side_max_px,
            exif_max_bytes=limits.exif_max_bytes,
            local_offset_min=limits.local_offset_min,
            cpu_max_s=limits.decoder_cpu_max_s,
            boxes=tuple(boxes),
            is_hashed=is_hashed,
        )

    async def _ask(self, task: Task, source: Path, targets: Sequence[Path], beside: Sequence[Path]) -> Answer:
        """The verdict on the picture: of a fresh process where the first, worn out, frozen or killed, gave none."""
        try:
            return await self._once(await self._helper(), task, source, targets, beside)
        except _FailedError as first:
            log.warning("decoder_failed", cause=first.cause)
        try:
            return await self._once(await self._start(), task, source, targets, beside)
        except _FailedError as second:
            log.warning("decoder_failed_again", cause=second.cause)
            if second.verdict is None:
                raise DecoderFailed() from None
            return DecodeRefusal(code=second.verdict)

    async def _once(
        self, helper: Helper, task: Task, source: Path, targets: Sequence[Path], beside: Sequence[Path]
    ) -> Answer:
        is_fit = False
        try:
            async with asyncio.timeout(self._limits.decoder_wall_max_s):
                answer = await helper.ask(task, source, targets, self._limits.decoder_stalled_max_s, beside)
            if isinstance(answer, DecodeRefusal) and answer.code == _OUT_OF_MEMORY:
                raise _FailedError("out of memory", _OUT_OF_MEMORY)
            is_fit = helper.served < _PICTURES_EACH
            return answer
        except StalledError:
            raise _FailedError("stands still") from None
        except TimeoutError:  # slow without using up its processor time: the machine is
            raise DecoderFailed() from None
        except DiedError:
            status = await helper.cause_of_death()
            if status == -signal.SIGXCPU:
                return DecodeRefusal(code="photo-took-too-long")
            is_own = status >= 0 or status in _OWN_DEATHS
            raise _FailedError(f"ended with {status}", "photo-broke-the-decoder" if is_own else None) from None
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
        return await self._start()

    async def _start(self) -> Helper:
        helper = await Helper.start(self._limits)
        if helper.gaps and helper.gaps != self.gaps:
            log.warning("decoder_not_confined", gaps=helper.gaps)
        self.gaps = helper.gaps
        return helper
