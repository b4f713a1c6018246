from backend.errors import Invalid


class AreaPrefixInvalid(Invalid):
    code = "area-prefix-invalid"
    headline_zh, headline_en = (
        "区划代码应为 2、4、6、9、12 或 15 位数字",
        "An area code has 2, 4, 6, 9, 12 or 15 digits",
    )


class WindowInvalid(Invalid):
    code = "window-invalid"
    headline_zh, headline_en = (
        "时段须在 0–24 时之内,先开后关,互不重叠",
        "Windows lie within a day, open before they close",
    )


class ModeEndsEarly(Invalid):
    code = "mode-ends-early"
    headline_zh, headline_en = "结束时间须晚于开始时间", "A mode ends after it starts"
