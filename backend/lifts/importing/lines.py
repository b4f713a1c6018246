"""A line of a file as a lift: its place, its number, its units by their names, its days."""

from collections.abc import Mapping

from backend.duty.loading.lines import Wrong
from backend.duty.loading.named_lines import LineReader, NamedColumn, NamedColumns, NamedLine
from backend.lifts.structs import LABEL_CHARS, NUMBER_CHARS, PHONE_CHARS, PHONE_FORM, LiftDraft
from backend.places.importing.headers import heading

COLUMNS: NamedColumns = {
    "place": NamedColumn(
        *("码或地址", "code or address", 200, True, ("门牌码", "码", "code", "地址", "address", "点位")),
        hint_zh="电梯上的码,或点位的名称、地址",
        hint_en="The code on the lift, or the name or address of its place",
    ),
    "lift_no": NamedColumn(
        *("登记证编号", "number", NUMBER_CHARS, True, ("使用登记证编号", "设备代码")),
        hint_zh="按它识别同一台电梯",
        hint_en="By it a lift is known again",
    ),
    "label": NamedColumn("名称", "name", LABEL_CHARS, hint_zh="如 3 号楼东梯", hint_en="Such as east lift of house 3"),
    "maintenance": NamedColumn(
        *("维保单位", "maintenance company", 100, True, ("维保",)),
        hint_zh="系统里的单位名称",
        hint_en="A unit's name as the system has it",
    ),
    "property": NamedColumn("物业", "property", 100, others=("物业单位", "使用单位")),
    "phone": NamedColumn("维保电话", "telephone", PHONE_CHARS, others=("电话", "phone")),
    "inspect_by": NamedColumn(
        *("下次检验日期", "inspect by", 30, True, ("下次检验", "检验到期")),
        hint_zh="如 2027-05-01",
        hint_en="2027-05-01",
    ),
    "maintained_on": NamedColumn("上次维保", "maintained on", 30, True, ("上次维保日期", "最近维保")),
    "maintain_days": NamedColumn(
        *("维保间隔", "every days", 10, False, ("维保间隔(天)", "维保周期")),
        hint_zh="天数,1 到 60,不填为 15",
        hint_en="Days, 1 to 60; 15 where nothing stands there",
    ),
    "is_in_use": NamedColumn(
        "在用", "in use", 10, hint_zh="是或否,不填为是", hint_en="yes or no; yes unless told otherwise"
    ),
}
_YES_NO = {"是": True, "否": False, "在用": True, "停用": False, "yes": True, "no": False, "1": True, "0": False}


def read(line: NamedLine, units: Mapping[str, int]) -> LiftDraft:
    """Raises Wrong. `units`: ids by name, as `heading` writes it; 0 for a name that several have."""
    reader = LineReader(line, COLUMNS)
    phone = reader.text("phone")
    if not PHONE_FORM.fullmatch(phone):
        raise Wrong("column-no-phone", name=COLUMNS["phone"].title)
    maintenance = _unit(reader, "maintenance", units)
    assert maintenance is not None
    return LiftDraft(
        lift_no=reader.text("lift_no"),
        label=reader.text("label"),
        maintenance_unit_id=maintenance,
        property_unit_id=_unit(reader, "property", units),
        phone=phone,
        inspect_by=reader.day("inspect_by"),
        maintained_on=reader.day("maintained_on"),
        maintain_days=reader.whole("maintain_days", 1, 60, 15),
        is_in_use=reader.choice("is_in_use", _YES_NO, otherwise=True),
    )


def _unit(reader: LineReader, name: str, units: Mapping[str, int]) -> int | None:
    said = heading(reader.text(name))
    if not said:
        return None
    if said not in units:
        raise Wrong("lift-line-unit-unknown", name=COLUMNS[name].title)
    if not units[said]:
        raise Wrong("lift-line-unit-ambiguous", name=COLUMNS[name].title)
    return units[said]
