"""The delivery note beside the output: which volumes are released, so that an interrupted run goes on where it was."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from qr.printing.job import Job
from qr.printing.layout import Label


class Volume(msgspec.Struct, frozen=True):
    labels: int
    first: str
    last: str
    sha256: str


class Note(msgspec.Struct):
    """`job` is a digest of everything that decides how a volume looks; another job starts a new note."""

    job: str
    volumes: dict[str, Volume] = {}


def open_note(job: Job) -> Note:
    """The note of an earlier run of the same job, or an empty one."""
    wanted = hashlib.sha256(repr(job).encode()).hexdigest()
    try:
        note = msgspec.json.decode(_path(job).read_bytes(), type=Note)
    except (OSError, msgspec.DecodeError):
        return Note(wanted)
    return note if note.job == wanted else Note(wanted)


def is_released(note: Note, file: Path, labels: Sequence[Label]) -> bool:
    """Whether this volume lies there complete with just these labels."""
    known = note.volumes.get(file.name)
    if known is None or not file.is_file():
        return False
    same = (known.labels, known.first, known.last) == (len(labels), labels[0].code, labels[-1].code)
    return same and known.sha256 == digest(file)


def enter(job: Job, note: Note, file: Path, volume: Volume) -> None:
    note.volumes[file.name] = volume
    draft = _path(job).with_suffix(".part")
    draft.write_bytes(msgspec.json.format(msgspec.json.encode(note), indent=1))
    draft.replace(_path(job))


def digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _path(job: Job) -> Path:
    return job.out.with_name(job.out.name + ".delivery.json")
