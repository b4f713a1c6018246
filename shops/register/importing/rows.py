"""From a row to a shop: its words, its numbers, and where it says that it stands."""

import re
import unicodedata
from datetime import date

import msgspec

from backend import words
from backend.places.importing.dates import read_day
from backend.places.importing.fields import Columns, Names, headings_of
from backend.places.importing.headers import heading
from backend.places.importing.reasons import RowReason, RowRefused
from backend.places.importing.source import ImportSource, Raw
from qr import codes
from qr.codes import Code
from qr.errors import CodeMalformed
from shops.register import contacts, licences
from shops.register.contacts import PersonContact
from shops.register.errors import PhoneInvalid
from shops.register.importing.formulas import Cells
from shops.register.importing.reasons import ShopRowNote, ShopRowReason, fault_in_words
from shops.register.structs import SEATS_MAX, SIZE_MAX_M2, ShopState
from shops.register.trades import TradeClass, read_trade

USUAL_NAMES: Names = {
    "code": ("code", "门牌码", "一码", "二维码", "码"),
    "key": ("key", "source_key", "id", "编号", "商户编号"),
    "name": ("name", "店名", "店招", "商户名称", "字号", "字号名称", "名称", "单位名称"),
    "address": ("address", "地址", "经营地址", "店铺地址", "门牌"),
    "uscc": ("uscc", "统一社会信用代码", "社会信用代码", "信用代码", "执照号", "营业执照号", "营业执照", "licence"),
    "trade": ("trade", "trade_class", "行业", "行业门类", "行业类别", "行业分类", "业态", "经营类型"),
    "size": ("size", "size_m2", "面积", "营业面积", "经营面积", "面积(㎡)", "面积(m2)", "面积(平方米)"),
    "seats": ("seats", "座位", "座位数", "餐位", "餐位数"),
    "state": ("state", "状态", "经营状态", "营业状态"),
    "opened": ("opened", "opened_on", "开业日期", "开业时间", "成立日期", "成立时间", "注册日期"),
    "responsible": ("responsible", "负责人", "经营者", "法定代表人", "法人", "联系人", "店主"),
    "phone": ("phone", "电话", "联系电话", "联系方式", "手机", "手机号", "手机号码"),
}
KNOWN = headings_of(USUAL_NAMES)
_NOTHING = {"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "不详", "null", "none", "n/a"}
_QUOTED = re.compile(r'="([^"]*)"')
_BETWEEN = re.compile(r"[/、,，;；]")
"""Of several phones the first."""
_FORMULA = ("=", "＝")
_UNIT = re.compile(r"\s*(平方米|平米|㎡|m2|m²|平|个|座|位|张)\s*$", re.IGNORECASE)
_STATES: tuple[tuple[ShopState, str], ...] = (
    (ShopState.VACANT, "空置 空铺 闲置 待租 无人"),
    (ShopState.RENOVATING, "装修 装潢"),
    (ShopState.CLOSED, "歇业 停业 关闭 关门 关停 未营业 不营业 注销 吊销"),
    (ShopState.OPEN, "营业 开业 正常 在营 存续 开门"),
)
"""In this order: 未营业 has 营业 in it."""


class ShopRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row as it was read. None and empty texts are cells without anything in them."""

    code: Code | None
    key: str
    address: str
    name: str
    uscc: str | None
    trade_class: TradeClass | None
    size_m2: int | None
    seats: int | None
    state: ShopState | None
    opened_on: date | None
    contact: PersonContact
    notes: tuple[ShopRowNote, ...]


class ShopReader:
    """Reads rows of one file. Raises FileRefused at once where it has no column that says where a shop stands."""

    def __init__(self, source: ImportSource, given: dict[str, str], formulas: Cells) -> None:
        self._columns = Columns(source, given, USUAL_NAMES)
        self._columns.need("name")
        read = KNOWN | {heading(theirs) for theirs in given.values()}
        self._read_at = {at: name for at, name in enumerate(source.columns) if heading(name) in read}
        self._formulas = formulas

    def unused(self) -> list[str]:
        """The file's columns that nothing is read from."""
        return self._columns.unused()

    def read(self, raw: Raw) -> ShopRow:
        """Raises RowRefused."""
        if raw.refused:
            raise RowRefused(raw.refused, raw.detail)
        text = self._texts(raw)
        uscc = _licence(text["uscc"])
        return ShopRow(
            code=_code(text["code"]),
            key=unicodedata.normalize("NFKC", text["key"]),
            address=text["address"],
            name=text["name"],
            uscc=uscc,
            trade_class=_trade(text["trade"]),
            size_m2=_amount(text["size"], 1, SIZE_MAX_M2),
            seats=_amount(text["seats"], 0, SEATS_MAX),
            state=_state(text["state"]),
            opened_on=_day(text["opened"]),
            contact=_contact(text["responsible"], text["phone"]),
            notes=(
                *([] if uscc else [ShopRowNote.WITHOUT_LICENCE]),
                *([ShopRowNote.FORMULA_VALUE] if raw.line in self._formulas else []),
            ),
        )

    def _texts(self, raw: Raw) -> dict[str, str]:
        """What the row says under our names. Formulas have left a value or are refused; no text is taken for one."""
        limits = {"name": words.SHOP_NAME, "address": 300, "responsible": words.PERSON_NAME}
        found: dict[str, str] = {}
        for ours in USUAL_NAMES:
            said = _QUOTED.sub(r"\1", self._columns.text(raw, ours, limits.get(ours, 200)))
            if said.startswith(_FORMULA):
                raise RowRefused(ShopRowReason.FORMULA, f"{ours}: {said}")
            found[ours] = "" if said.lower() in _NOTHING else said
        if raw.line in self._formulas and (unsaved := self._unsaved(raw)):
            raise RowRefused(ShopRowReason.FORMULA, unsaved)
        if not found["name"]:
            raise RowRefused(RowReason.MISSING_VALUE, "name")
        return found

    def _unsaved(self, raw: Raw) -> str:
        """The heading over a formula that left nothing, or the 0 of a program that did not work it out."""
        read = sorted(self._formulas[raw.line] & self._read_at.keys())
        return next((self._read_at[at] for at in read if str(raw.content[at]).strip() in ("", "0")), "")


def _code(text: str) -> Code | None:
    try:
        return codes.parse(text.rpartition("/")[2]) if text else None
    except CodeMalformed as error:
        raise RowRefused(ShopRowReason.NO_PLACE, text) from error


def _licence(text: str) -> str | None:
    code = licences.plain(text)
    if code and (fault := licences.fault_of(code)):
        raise RowRefused(ShopRowReason.BAD_LICENCE, f"{code}: {fault_in_words(fault)}")
    return code or None


def _trade(text: str) -> TradeClass | None:
    found = read_trade(text)
    if text and found is None:
        raise RowRefused(ShopRowReason.BAD_TRADE, text)
    return found


def _state(text: str) -> ShopState | None:
    if not text:
        return None
    said = unicodedata.normalize("NFKC", text).lower()
    for state, named in _STATES:
        if said == state or any(word in said for word in named.split()):
            return state
    raise RowRefused(ShopRowReason.BAD_STATE, text)


def _amount(text: str, least: int, most: int) -> int | None:
    if not text:
        return None
    said = _UNIT.sub("", unicodedata.normalize("NFKC", text)).replace(",", "")
    try:
        found = round(float(said))
    except (ValueError, OverflowError) as error:
        raise RowRefused(ShopRowReason.BAD_AMOUNT, text) from error
    if not least <= found <= most:
        raise RowRefused(ShopRowReason.BAD_AMOUNT, text)
    return found


def _day(text: str) -> date | None:
    found = read_day(text)
    if text and found is None:
        raise RowRefused(ShopRowReason.BAD_DAY, text)
    return found


def _contact(name: str, phone: str) -> PersonContact:
    try:
        first = _BETWEEN.split(phone, maxsplit=1)[0]
        return PersonContact(name=name, phone=contacts.read_phone(first) if first else "")
    except PhoneInvalid as error:
        raise RowRefused(ShopRowReason.BAD_PHONE) from error
