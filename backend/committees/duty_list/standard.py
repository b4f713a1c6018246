"""A dictionary to begin with: the tasks that committees of Shanghai commonly have. Read from the file beside it."""

import csv
from functools import cache
from pathlib import Path

import msgspec

from backend.committees.duty_list.inputs import TaskTemplateDraft

_FILE = Path(__file__).with_name("standard.csv")


@cache
def standard_templates() -> tuple[TaskTemplateDraft, ...]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = [{name: value for name, value in row.items() if value} for row in csv.DictReader(file)]
    return tuple(msgspec.convert(row, TaskTemplateDraft, strict=False) for row in rows)
