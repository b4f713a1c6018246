"""A list of targets as a file, CSV or Excel: a line a target, by code, address, name or position."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from backend.campaigns.forms.fields import TargetKind
from backend.campaigns.records.sealing import NAME_MOST, PHONE_MOST, REMARK_MOST, TargetContact
from backend.campaigns.targets.structs import RefusedTargetLine, SaidTarget, TargetClues
from backend.geo.lonlat import LonLat
from backend.places.importing.fields import clean
from backend.places.importing.headers import heading
from backend.places.importing.opening import open_file
from backend.places.importing.reasons import FileRefused
from backend.places.importing.source import Raw
from backend.words import TARGET_LABEL

NAMES: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "门牌码", "码"),
    "name": ("name", "名称", "点位"),
    "address": ("address", "地址"),
    "kind": ("kind", "类别", "类型"),
    "lng": ("lng", "经度"),
    "lat": ("lat", "纬度"),
    "contact": ("contact", "联系人", "姓名"),
    "phone": ("phone", "电话", "手机"),
    "remark": ("remark", "备注"),
    "assignee": ("assignee", "责任人", "走访人"),
}
"""Our names with the headings that are read for them."""
HEADINGS = frozenset(heading(theirs) for names in NAMES.values() for theirs in names)
LINES_MOST = 5_000
_MOST = {
    **{"code": 200, "name": TARGET_LABEL, "address": 300, "kind": 40, "lng": 24, "lat": 24},
    **{"contact": NAME_MOST, "phone": PHONE_MOST, "remark": REMARK_MOST, "assignee": 60},
}
_WHERE = ("code", "name", "address", "lng")


class _LineRefused(Exception):
    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def read_file(path: Path, kinds: Iterable[TargetKind]) -> tuple[list[SaidTarget], list[RefusedTargetLine]]:
    """The lines of a file, and those that stay out. Raises FileRefused where it is none, or says of no line where."""
    source = open_file(path, None, HEADINGS)
    there = {heading(column) for column in source.columns}
    if not any(heading(theirs) in there for ours in _WHERE for theirs in NAMES[ours]):
        raise FileRefused("campaign-columns-missing")
    known = {said: kind.code for kind in kinds for said in (kind.code, kind.zh, kind.en) if said}
    targets: list[SaidTarget] = []
    refused: list[RefusedTargetLine] = []
    for raw in source.rows():
        if len(targets) >= LINES_MOST:
            refused.append(RefusedTargetLine(line=raw.line, why="too-many"))
            break
        try:
            targets.append(_read(raw, known))
        except _LineRefused as error:
            refused.append(RefusedTargetLine(line=raw.line, why=error.why))
    return targets, refused


def clues_of(line: str) -> TargetClues:
    """Whether it is a code is asked where it is looked up: a word that is none is an address."""
    is_code = line.isascii() and " " not in line
    return TargetClues(code=line if is_code else "", address=line)


def _read(raw: Raw, known: Mapping[str, str]) -> SaidTarget:
    if raw.refused:
        raise _LineRefused("column-count")
    said = {ours: _text(raw, ours) for ours in NAMES}
    kind = known.get(said["kind"]) if said["kind"] else ""
    if kind is None:
        raise _LineRefused("kind")
    clues = TargetClues(code=said["code"], name=said["name"], address=said["address"], point=_point(said))
    if not clues.words:
        raise _LineRefused("where")
    contact = TargetContact(name=said["contact"], phone=said["phone"], remark=said["remark"])
    return SaidTarget(line=raw.line, clues=clues, kind=kind, contact=contact, assignee=said["assignee"])


def _text(raw: Raw, ours: str) -> str:
    for theirs in NAMES[ours]:
        value = clean(raw.fields.get(heading(theirs)))
        if len(value) > _MOST[ours]:
            raise _LineRefused("too-long")
        if value:
            return value
    return ""


def _point(said: Mapping[str, str]) -> LonLat | None:
    if not (said["lng"] or said["lat"]):
        return None
    try:
        return LonLat(float(said["lng"]), float(said["lat"]))
    except ValueError as error:
        raise _LineRefused("position") from error
