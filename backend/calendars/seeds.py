"""The national holidays and swapped workdays (调休) that the chinese-calendar package knows. Pure.

The package raises for a year that it does not know; here such a year is simply absent.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from chinese_calendar import constants


class SeedDay(NamedTuple):
    on_date: date
    is_workday: bool
    note: str


def national_days() -> Iterator[SeedDay]:
    """Every holiday and every swapped workday, by date."""
    holidays = (SeedDay(day, False, _zh(name)) for day, name in constants.holidays.items())
    swapped = (SeedDay(day, True, f"{_zh(name)}调休") for day, name in constants.workdays.items())
    return iter(sorted([*holidays, *swapped]))


def _zh(name: str) -> str:
    return next((str(holiday.chinese) for holiday in constants.Holiday if holiday.value == name), name)  # pyright: ignore[reportAttributeAccessIssue]
