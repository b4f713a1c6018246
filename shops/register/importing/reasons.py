"""Why a row of shops is not imported, and what is to be looked at in a row that is."""

from enum import StrEnum

from backend.places.importing import reasons as of_rows
from backend.places.importing.reasons import RowReason
from shops.register.licences import LicenceFault


class ShopRowReason(StrEnum):
    FORMULA = "formula"
    BAD_LICENCE = "bad-licence"
    BAD_TRADE = "bad-trade"
    BAD_STATE = "bad-state"
    BAD_AMOUNT = "bad-amount"
    BAD_DAY = "bad-day"
    BAD_PHONE = "bad-phone"
    NO_PLACE = "no-place"
    AMBIGUOUS_PLACE = "ambiguous-place"
    OTHER_LICENCE = "other-licence"
    KEY_ELSEWHERE = "key-elsewhere"


class ShopRowNote(StrEnum):
    DIVISION_UNKNOWN = "division_unknown"
    REGISTERED_ELSEWHERE = "registered_elsewhere"
    WITHOUT_LICENCE = "without-licence"
    FORMULA_VALUE = "formula-value"


_WORDS: dict[StrEnum, tuple[str, str]] = {
    ShopRowReason.FORMULA: (
        "公式没有保存结果,或文本像公式;请在表格中复制后“选择性粘贴为值”",
        "a formula without a saved value, or text like one: copy it and paste it as values",
    ),
    ShopRowReason.BAD_LICENCE: ("统一社会信用代码有误", "no credit code"),
    ShopRowReason.BAD_TRADE: ("行业无法识别,可写门类字母或名称", "the trade is not known: say a letter or a name"),
    ShopRowReason.BAD_STATE: (
        "状态无法识别,可写营业、歇业、装修、空置",
        "the state is open, closed, renovating or vacant",
    ),
    ShopRowReason.BAD_AMOUNT: ("面积或座位数不是合理的数字", "size or seats are no sensible number"),
    ShopRowReason.BAD_DAY: ("日期无法识别,可写 2023-05-01", "the day cannot be read: write it as 2023-05-01"),
    ShopRowReason.BAD_PHONE: ("电话无法识别", "the phone cannot be read"),
    ShopRowReason.NO_PLACE: (
        "找不到对应的点位,请先导入点位或填写门牌码",
        "no such place: import it first, or give the plate's code",
    ),
    ShopRowReason.AMBIGUOUS_PLACE: (
        "该地址有多个点位,请填写门牌码或编号",
        "several places are called so: give a code or key",
    ),
    ShopRowReason.OTHER_LICENCE: (
        "该点位登记的是另一家商户;换了经营者请先将原商户退出登记",
        "another business is registered there: end it first if it has left",
    ),
    ShopRowReason.KEY_ELSEWHERE: ("该编号的商户登记在另一点位", "the shop of this key is registered at another place"),
    ShopRowNote.DIVISION_UNKNOWN: ("信用代码的行政区划不存在,请核对", "the division of the credit code does not exist"),
    ShopRowNote.REGISTERED_ELSEWHERE: ("信用代码在外区登记", "the credit code was issued in another district"),
    ShopRowNote.WITHOUT_LICENCE: ("没有信用代码", "without a credit code"),
    ShopRowNote.FORMULA_VALUE: ("公式按已保存的结果读取", "a formula was read as its saved value"),
}
_FAULTS: dict[LicenceFault, tuple[str, str]] = {
    LicenceFault.LENGTH: ("应为 18 位", "it has 18 signs"),
    LicenceFault.OLD_NUMBER: ("是 15 位旧注册号", "this is the former registration number"),
    LicenceFault.ROUNDED: ("被当作数字,末位已丢失,请设为文本", "a sheet rounded it: format the column as text"),
    LicenceFault.SIGN: ("含有不会出现的字符", "a sign in it that no code has"),
    LicenceFault.DIVISION: ("第 3 至 8 位应为数字", "signs 3 to 8 are digits"),
    LicenceFault.CHECK_DIGIT: ("校验位不对", "the check digit is wrong"),
}


def in_words(code: StrEnum) -> str:
    """What a reason or a note says, in both languages."""
    if isinstance(code, RowReason):
        return of_rows.in_words(code)
    zh, en = _WORDS[code]
    return f"{zh} / {en}"


def fault_in_words(fault: LicenceFault) -> str:
    """What is wrong with a credit code, in both languages."""
    zh, en = _FAULTS[fault]
    return f"{zh} / {en}"
