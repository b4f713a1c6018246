"""The file that takes the passwords which the system made: for its owner's eyes, and never written over another."""

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from backend.accounts.structs import FirstPassword
from backend.commands.terminal import CommandFailed

Keep = Callable[[Sequence[FirstPassword]], None]


@contextmanager
def new_file(path: Path) -> Iterator[Keep]:
    """Make the file, mode 0600; it goes again when nothing was kept in it or the work failed. Raises CommandFailed."""
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise CommandFailed(f"文件已存在,不会覆盖 / the file is there already and stays: {path}") from error
    except OSError as error:
        raise CommandFailed(f"无法写入 / cannot be written: {path}: {error.strerror}") from error
    is_written = False
    with os.fdopen(made, "w", encoding="utf-8", newline="") as file:

        def keep(issued: Sequence[FirstPassword]) -> None:
            nonlocal is_written
            csv.writer(file).writerows([FirstPassword._fields, *issued])
            file.flush()
            os.fsync(file.fileno())
            is_written = bool(issued)

        try:
            yield keep
        except BaseException:
            is_written = False
            raise
        finally:
            if not is_written:
                path.unlink()
