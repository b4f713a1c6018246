"""Too much at once."""

from backend.errors import TooMany


class QuotaUsedUp(TooMany):
    code = "quota-used-up"
    headline_zh = "短时间内提交过多,请稍后再试;已填写的内容仍在"
    headline_en = "Too much was sent in a short time: try again a little later; what you wrote is kept"
