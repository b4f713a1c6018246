"""The delivery note beside the output: which volumes are released, so that an interrupted run goes on where it was."""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from qr.printing.job import PrintJob
from qr.printing.layout import Label


class OutBusy(RuntimeError):
    """Another run is writing to the same place."""


class Volume(msgspec.Struct, frozen=True):
    """`content` is a digest of all that its labels say, `sha256` one of the file."""

    labels: int
    content: str
    sha256: str


class DeliveryNote(msgspec.Struct):
    """`job` is a digest of everything that decides how a volume looks; another job starts a new note."""

    job: str
    volumes: dict[str, Volume] = {}


@contextmanager
def alone(job: PrintJob) -> Iterator[None]:
    """Hold the output for this run; what a killed one left half written goes. Raises OutBusy."""
    if job.out.exists() and not job.out.is_file():
        raise OutBusy(f"不是普通文件,不覆盖 / not an ordinary file, left alone: {job.out}")
    mark = job.out.with_name(f".{job.out.name}.lock")
    with mark.open("w") as held:
        if not _holds(held.fileno(), mark):
            raise OutBusy(f"另一次打印正在写入 / another run is writing there: {job.out}")
        try:
            _sweep(job)
            yield
        finally:
            _sweep(job)
            mark.unlink()


def _holds(opened: int, mark: Path) -> bool:
    """Whether the lock is ours, and on the file that bears the name: the run before takes it away when it ends."""
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(opened), mark.stat())
    except (BlockingIOError, FileNotFoundError):
        return False


def draft_of(file: Path) -> Path:
    """Where this process writes what will bear the name."""
    return file.with_name(f".{file.name}.{os.getpid()}.part")


def _sweep(job: PrintJob) -> None:
    ours = re.compile(rf"\.{re.escape(job.out.stem)}(-\d+)?{re.escape(job.out.suffix)}\.\d+\.part")
    for file in job.out.parent.iterdir():
        if ours.fullmatch(file.name):
            file.unlink(missing_ok=True)


def open_note(job: PrintJob) -> DeliveryNote:
    """The note of an earlier run of the same job, or an empty one."""
    pictures = [digest(file) for file in (job.font, job.logo) if file]
    job_digest = hashlib.sha256(repr((job, pictures)).encode()).hexdigest()
    try:
        note = msgspec.json.decode(_path(job).read_bytes(), type=DeliveryNote)
    except (OSError, msgspec.DecodeError):
        return DeliveryNote(job_digest)
    return note if note.job == job_digest else DeliveryNote(job_digest)


def is_released(note: DeliveryNote, file: Path, labels: Sequence[Label]) -> bool:
    """Whether this volume lies there complete and says just what these labels say now."""
    known = note.volumes.get(file.name)
    if known is None or not file.is_file():
        return False
    return known.content == content_of(labels) and known.sha256 == digest(file)


def content_of(labels: Sequence[Label]) -> str:
    return hashlib.sha256(repr(labels).encode()).hexdigest()


def enter(job: PrintJob, note: DeliveryNote, file: Path, volume: Volume) -> None:
    note.volumes[file.name] = volume
    draft = _path(job).with_suffix(".part")
    draft.write_bytes(msgspec.json.format(msgspec.json.encode(note), indent=1))
    draft.replace(_path(job))


def digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _path(job: PrintJob) -> Path:
    return job.out.with_name(job.out.name + ".delivery.json")
