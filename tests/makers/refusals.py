"""What an error says to people, for tests that read it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from backend.errors import AppError, Phrase
from backend.web.i18n import error_texts


def zh(told: AppError | Phrase) -> str:
    return error_texts.sentence(told, "zh")


def en(told: AppError | Phrase) -> str:
    return error_texts.sentence(told, "en")


@contextmanager
def refused_with(kind: type[AppError], says: str) -> Iterator[pytest.ExceptionInfo[AppError]]:
    """Expect this error, with an English sentence in which the pattern is found."""
    with pytest.raises(kind) as refused:
        yield refused
    assert re.search(says, en(refused.value)), en(refused.value)
