"""A line of a file as an elder: the house, the committee's number, what is sealed, rhythm, consent, who visits."""

import re
from typing import NamedTuple

from backend.duty.loading.lines import Wrong
from backend.duty.loading.named_lines import LineReader, NamedColumn, NamedColumns, NamedLine
from backend.elder_care.rules import EVERY_DAYS, Consent, Risk, VisitWay
from backend.elder_care.structs import (
    CONTACTS_CHARS,
    DEVICES_MOST,
    DOOR_CHARS,
    LABEL_CHARS,
    LABEL_FORM,
    PHONE_CHARS,
    WATCH_CHARS,
    ElderDraft,
    PersonalData,
)
from backend.words import PERSON_NAME

COLUMNS: NamedColumns = {
    "place": NamedColumn(
        *("楼门码或地址", "code or address", 200, True, ("门牌码", "码", "code", "地址", "address")),
        hint_zh="楼门上的码,或楼的地址,不写室号",
        hint_en="The code on the house, or its address, without the door",
    ),
    "label": NamedColumn(
        *("编号", "number", LABEL_CHARS, True, ("label",)),
        hint_zh="如 L-0012;按它识别同一位老人,不要用姓名拼音",
        hint_en="Such as L-0012: by it an elder is known again; no name",
    ),
    "name": NamedColumn("姓名", "name", PERSON_NAME, True),
    "door": NamedColumn("门牌到室", "door", DOOR_CHARS, True, ("门牌", "室号", "住址")),
    "phone": NamedColumn("电话", "telephone", PHONE_CHARS, others=("phone", "联系电话", "手机")),
    "contacts": NamedColumn("紧急联系人", "emergency contacts", CONTACTS_CHARS, others=("contacts",)),
    "risk": NamedColumn("风险", "risk", 20, True, ("风险等级",), "高、中或低", "high, medium or low"),
    "way": NamedColumn(
        "方式", "way", 20, False, ("走访方式",), "上门或电话,不填为上门", "visit or call; visit unless told"
    ),
    "every_days": NamedColumn(
        *("频次", "every days", 10, False, ("每几天一次", "频次(天)")),
        hint_zh="天数,不填按风险:高 1、中 3、低 7",
        hint_en="Days; by risk unless told: 1, 3, 7",
    ),
    "watch": NamedColumn("约定看望编号", "watch", WATCH_CHARS),
    "devices": NamedColumn("设备号", "devices", 200, hint_zh="用空格分开", hint_en="With blanks between"),
    "consent": NamedColumn(
        *("谁同意的", "consent of", 20, True, ("同意人",)),
        hint_zh="本人、家属或监护人",
        hint_en="self, family or guardian",
    ),
    "consent_on": NamedColumn("同意日期", "consent on", 30, True, (), "如 2026-11-01", "2026-11-01"),
    "until": NamedColumn("有效期至", "holds until", 30, True, ("到期日期",), "最长两年", "Two years at the most"),
    "visitor": NamedColumn(
        *("走访人账号", "visitor", 60, False, ("走访人", "username")),
        hint_zh="本居委成员或志愿者的用户名,可不填",
        hint_en="The username of a member or volunteer of the committee; may be empty",
    ),
}
_RISKS = {"高": Risk.HIGH, "中": Risk.MEDIUM, "低": Risk.LOW} | {each.value: each for each in Risk}
_WAYS = {"上门": VisitWay.VISIT, "电话": VisitWay.CALL} | {each.value: each for each in VisitWay}
_CONSENTS = {"本人": Consent.SELF, "家属": Consent.FAMILY, "监护人": Consent.GUARDIAN} | {
    each.value: each for each in Consent
}
_DEVICE = re.compile(r"\S{1,64}")


class SaidElder(NamedTuple):
    """`visitor`: a username, empty where nobody is named."""

    draft: ElderDraft
    data: PersonalData
    visitor: str


def read(line: NamedLine) -> SaidElder:
    """Raises Wrong."""
    reader = LineReader(line, COLUMNS)
    label = reader.text("label")
    if not LABEL_FORM.fullmatch(label):
        raise Wrong("elder-line-label", name=COLUMNS["label"].title)
    devices = reader.text("devices").split()
    if len(devices) > DEVICES_MOST or not all(_DEVICE.fullmatch(each) for each in devices):
        raise Wrong("elder-line-devices", name=COLUMNS["devices"].title, most=DEVICES_MOST)
    risk = reader.choice("risk", _RISKS)
    draft = ElderDraft(
        label=label,
        risk=risk,
        way=reader.choice("way", _WAYS, otherwise=VisitWay.VISIT),
        every_days=reader.whole("every_days", 1, 31, EVERY_DAYS[risk]),
        watch=reader.text("watch"),
        devices=devices,
        consent=reader.choice("consent", _CONSENTS),
        consent_on=reader.day("consent_on"),
        until=reader.day("until"),
    )
    person = {name: reader.text(name) for name in PersonalData.__struct_fields__}
    return SaidElder(draft, PersonalData(**person), reader.text("visitor"))
