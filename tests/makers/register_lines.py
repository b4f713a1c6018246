"""Lines of registers' files as a reader gives them: of lifts and of lone elders."""

from datetime import datetime, timedelta

from backend.calendars.rules import shanghai_date
from backend.duty.loading.named_lines import NamedLine
from backend.duty.loading.register_files import RegisterFile, RegisterFileReport, RegisterMode
from tests.makers.refusals import zh


def lift_line(number: int, code: str, now: datetime, **said: str) -> NamedLine:
    today = shanghai_date(now)
    values = {
        "place": code,
        "lift_no": f"梯11沪F{number:05}",
        "label": "东梯",
        "maintenance": "维保公司",
        "inspect_by": f"{today + timedelta(days=200):%Y年%m月%d日}",
        "maintained_on": f"{today:%Y/%m/%d}",
    }
    return NamedLine(number, {name: value for name, value in (values | said).items() if value})


def elder_line(number: int, code: str, now: datetime, **said: str) -> NamedLine:
    today = shanghai_date(now)
    values = {
        "place": code,
        "label": f"L-{number:04}",
        "name": f"王阿婆{number}",
        "door": f"{number}室",
        "phone": "138.0000.1111",
        "contacts": "女儿 13800002222",
        "risk": "高",
        "consent": "本人",
        "consent_on": str(today),
        "until": str(today + timedelta(days=365)),
    }
    return NamedLine(number, {name: value for name, value in (values | said).items() if value})


def file_of(lines: list[NamedLine], area_code: str, mode: RegisterMode, only: set[int] | None = None) -> RegisterFile:
    return RegisterFile(lines=lines, area_code=area_code, mode=mode, only=None if only is None else frozenset(only))


def changes_of(report: RegisterFileReport) -> dict[int, str]:
    return {each.line: each.change.value for each in report.good}


def reasons_of(report: RegisterFileReport) -> dict[int, str]:
    return {each.line: zh(each.why) for each in report.refused}
