"""Print a selection: one file in a thread, or numbered volumes in processes beside each other when it is large."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from qr.printing import delivery, source, volume
from qr.printing.delivery import Volume
from qr.printing.fonts import must_draw
from qr.printing.job import Format, PrintJob
from qr.printing.orphans import end_with_parent

Progress = Callable[[int, int], None]
"""Told how many labels are released, of how many."""


def no_progress(done: int, total: int) -> None:
    """Tell nobody."""


async def run(job: PrintJob, progress: Progress = no_progress, workers: int = 2) -> list[Path]:
    """Print, prove, release. Returns the files; none when nothing matches.

    Raises ProofFailed, PayloadTooLong, FontLacks, OutBusy.
    """
    assert job.stencil.size  # too long a prefix shows before anything is written
    if job.format is not Format.CSV and not job.has_gaps:
        async for labels in source.volumes(job.selection, job.payload, job.hotline, job.volume):
            must_draw(job.font, labels)
    total = await source.count(job.selection)
    released, files = 0, []
    with delivery.alone(job), _pool(job, total, workers) as pool:
        async for file, labels in _released(job, pool, total, 2 * workers):
            files.append(file)
            released += labels
            progress(released, total)
    return files


def _pool(job: PrintJob, total: int, workers: int) -> Executor:
    """A thread for one volume: a fresh process costs more than it saves there."""
    if total <= job.volume:
        return ThreadPoolExecutor(1)
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=end_with_parent)


async def _released(job: PrintJob, pool: Executor, total: int, ahead: int) -> AsyncIterator[tuple[Path, int]]:
    """Each volume as it is released, in order, with so many in the making at a time."""
    note, number = delivery.open_note(job), 0
    making: list[tuple[Path, asyncio.Future[Volume] | Volume]] = []
    async for labels in source.volumes(job.selection, job.payload, job.hotline, job.volume):
        number += 1
        file = job.file(number, total)
        if delivery.is_released(note, file, labels):
            making.append((file, note.volumes[file.name]))
        else:
            making.append((file, asyncio.wrap_future(pool.submit(volume.make, job, file, labels))))
        if len(making) >= ahead:
            yield await _enter(job, note, *making.pop(0))
    for file, made in making:
        yield await _enter(job, note, file, made)


async def _enter(
    job: PrintJob, note: delivery.DeliveryNote, file: Path, made: asyncio.Future[Volume] | Volume
) -> tuple[Path, int]:
    done = made if isinstance(made, Volume) else await made
    delivery.enter(job, note, file, done)
    return file, done.labels
