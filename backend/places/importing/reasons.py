"""Why a row is not imported, and what was done to a row that is: codes for programs, Chinese and English for people."""

from enum import StrEnum
from typing import Any

import msgspec

from backend.errors import BadRequest


class RowReason(StrEnum):
    COLUMN_COUNT = "column-count"
    NOT_A_FEATURE = "not-a-feature"
    MISSING_VALUE = "missing-value"
    TOO_LONG = "too-long"
    BAD_NUMBER = "bad-number"
    OFF_GLOBE = "off-globe"
    PROJECTED = "projected"
    SWAPPED = "swapped"
    ZERO_POSITION = "zero-position"
    BAD_DATUM = "bad-datum"
    BAD_KIND = "bad-kind"
    BAD_GEOMETRY = "bad-geometry"
    OUTLINE_TOO_LARGE = "outline-too-large"
    BAD_CODE = "bad-code"
    UNKNOWN_NAME = "unknown-name"
    AMBIGUOUS_NAME = "ambiguous-name"
    DUPLICATE = "duplicate"
    OUTSIDE_AREAS = "outside-areas"
    OUTSIDE_WITHIN = "outside-within"
    NO_COMMITTEE = "no-committee"
    DEMO_DATA = "demo-data"


class RowNote(StrEnum):
    MADE_VALID = "made-valid"
    POINT_ON_SURFACE = "point-on-surface"
    NUMBER_AS_NAME = "number-as-name"


_WORDS: dict[StrEnum, tuple[str, str]] = {
    RowReason.COLUMN_COUNT: ("列数与表头不一致", "not as many cells as the header has"),
    RowReason.NOT_A_FEATURE: ("不是 GeoJSON 要素", "not a GeoJSON feature"),
    RowReason.MISSING_VALUE: ("缺少必填内容", "a needed value is missing"),
    RowReason.TOO_LONG: ("内容过长", "a value is too long"),
    RowReason.BAD_NUMBER: (
        "坐标不是数字,可写作 121.48 或 121°28′48″",
        "a coordinate is not a number such as 121.48 or 121°28′48″",
    ),
    RowReason.OFF_GLOBE: ("坐标不是经纬度", "the coordinates are not degrees"),
    RowReason.PROJECTED: (
        "是以米计的投影坐标(如 EPSG:3857),不是经纬度;请先转换为经纬度(EPSG:4326)再导入",
        "projected metres (such as EPSG:3857), not degrees: convert the file to degrees (EPSG:4326) first",
    ),
    RowReason.SWAPPED: ("经纬度疑似颠倒", "longitude and latitude look swapped"),
    RowReason.ZERO_POSITION: ("坐标为零", "the position is 0, 0"),
    RowReason.BAD_DATUM: ("坐标系无法识别", "the datum is not known"),
    RowReason.BAD_KIND: ("类型无法识别", "the kind is not known"),
    RowReason.BAD_GEOMETRY: ("图形无法使用", "the geometry cannot be used"),
    RowReason.OUTLINE_TOO_LARGE: ("范围过大或过细", "the outline is too wide or has too many corners"),
    RowReason.BAD_CODE: ("编码不是 6、9、12 或 15 位数字", "the code is not 6, 9, 12 or 15 digits"),
    RowReason.UNKNOWN_NAME: ("编码表中没有此名称", "the codes file has no such name"),
    RowReason.AMBIGUOUS_NAME: ("编码表中有多个同名区域", "the codes file has this name more than once"),
    RowReason.DUPLICATE: ("文件内重复", "twice in this file"),
    RowReason.OUTSIDE_AREAS: ("不在任何已知区域内", "outside every known area"),
    RowReason.OUTSIDE_WITHIN: ("不在指定区域内", "outside the area asked for"),
    RowReason.NO_COMMITTEE: ("网格所属居村尚未导入", "the committee of this grid cell is not known yet"),
    RowReason.DEMO_DATA: ("编码已被演示数据占用", "demonstration data holds this code"),
    RowNote.MADE_VALID: ("图形已自动修复", "an invalid geometry was repaired"),
    RowNote.POINT_ON_SURFACE: ("线面已取其上一点", "a line or polygon became a point on it"),
    RowNote.NUMBER_AS_NAME: ("名称只有数字,请核对", "the name is only a number: please check"),
}


def in_words(code: StrEnum) -> str:
    zh, en = _WORDS[code]
    return f"{zh} / {en}"


class Rejected(msgspec.Struct, frozen=True):
    """One row that stays out. `reason`: of places, or of whoever else reads rows."""

    line: int
    reason: StrEnum
    detail: str
    cells: list[str]


class RowRefused(Exception):
    """Raised while one row is read; becomes a Rejected."""

    def __init__(self, reason: StrEnum, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


class FileRefused(BadRequest):
    """Nothing can be read from the whole file, or not from here on."""

    code = "file-refused"

    def __init__(self, text: str, /, **values: Any) -> None:
        super().__init__(text, values=values)
