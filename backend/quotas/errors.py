"""Too much at once."""

from backend.errors import TooMany


class QuotaUsedUp(TooMany):
    code = "quota-used-up"
