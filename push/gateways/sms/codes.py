"""What the vendors' codes mean for a text message. Pure: codes alone are read, their texts may hold the number.

https://help.aliyun.com/zh/sms/developer-reference/api-error-codes
https://cloud.tencent.com/document/product/382/59177
"""

from typing import NamedTuple

from push.gateways import Outcome, Result

_FREQUENCY_S = 60.0
"""The narrowest limit of both counts a number's messages by the minute."""

_ALIYUN_BROKEN = (
    "InvalidAccessKeyId",
    "SignatureDoesNotMatch",
    "InvalidTimeStamp",
    "Forbidden",
    "NoPermission",
    "isp.RAM_PERMISSION_DENY",
    "isv.ACCOUNT",
    "isv.AMOUNT_NOT_ENOUGH",
    "isv.OUT_OF_SERVICE",
    "isv.PRODUCT_UN_SUBSCRIPT",
    "isv.PRODUCT_UNSUBSCRIBE",
    "isv.DAY_LIMIT_CONTROL",
    "isv.MONTH_LIMIT_CONTROL",
    "isv.SMS_SIGN",
    "isv.DENY_IP_RANGE",
)
_ALIYUN_LATER = ("isv.BUSINESS_LIMIT_CONTROL", "Throttling", "ServiceUnavailable", "InternalError", "isp.SYSTEM_ERROR")
_ALIYUN_TEMPLATE = (
    "isv.SMS_TEMPLATE",
    "isv.TEMPLATE",
    "isv.INVALID_JSON_PARAM",
    "isv.INVALID_PARAMETERS",
    "isv.PARAM_LENGTH_LIMIT",
    "isv.PARAM_NOT_SUPPORT_URL",
)
_ALIYUN_REFUSED = ("isv.MOBILE", "isv.BLACK_KEY_CONTROL_LIMIT", "Missing", "Invalid")
_TENCENT_BROKEN = (
    "AuthFailure",
    "UnauthorizedOperation",
    "FailedOperation.InsufficientBalanceInSmsPackage",
    "FailedOperation.SignatureIncorrectOrUnapproved",
    "FailedOperation.JsonParseFail",
    "InvalidParameterValue.SdkAppIdNotExist",
    "LimitExceeded.AppDailyLimit",
    "LimitExceeded.AppMainlandChinaDailyLimit",
    "LimitExceeded.DailyLimit",
)
_TENCENT_LATER = (
    "LimitExceeded.DeliveryFrequencyLimit",
    "LimitExceeded.PhoneNumberOneHourLimit",
    "LimitExceeded.PhoneNumberThirtySecondLimit",
    "RequestLimitExceeded",
    "InternalError",
)
_TENCENT_UNCLEAR = ("InternalError.Timeout", "InternalError.RequestTimeException", "InternalError.SendAndRecvFail")
_TENCENT_TEMPLATE = (
    "FailedOperation.Template",
    "FailedOperation.MissingTemplate",
    "FailedOperation.ContainSensitiveWord",
    "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter",
    "InvalidParameterValue.TemplateParameter",
    "InvalidParameterValue.TemplateWithDirtyWords",
)
_TENCENT_REFUSED = (
    "FailedOperation.PhoneNumberInBlacklist",
    "LimitExceeded.PhoneNumber",
    "InvalidParameter",
    "MissingParameter",
    "UnknownParameter",
    "UnsupportedOperation",
)


class CodeMeaning(NamedTuple):
    """`needs_operator`: sign, template or variables are not as the vendor approved them."""

    result: Result
    needs_operator: bool = False


def of_aliyun(code: str, attempt: int, without_code: str) -> CodeMeaning:
    """What a code means. `without_code`: what stands for a missing one."""
    if not code or code == "None":
        return _verdict(Outcome.UNKNOWN, without_code)
    if code.startswith(_ALIYUN_BROKEN):
        return _verdict(Outcome.BROKEN, code)
    if code.startswith(_ALIYUN_LATER):
        return _verdict(Outcome.LATER, code)
    if code.startswith(_ALIYUN_TEMPLATE):
        return _verdict(Outcome.REFUSED, code, needs_operator=True)
    return _verdict(Outcome.REFUSED if code.startswith(_ALIYUN_REFUSED) else _unheard_of(attempt), code)


def of_tencent(code: str, attempt: int) -> CodeMeaning:
    if not code or code.startswith(_TENCENT_UNCLEAR):
        return _verdict(Outcome.UNKNOWN, code)
    if code.startswith(_TENCENT_BROKEN):
        return _verdict(Outcome.BROKEN, code)
    if code.startswith(_TENCENT_LATER):
        return _verdict(Outcome.LATER, code)
    if code.startswith(_TENCENT_TEMPLATE):
        return _verdict(Outcome.REFUSED, code, needs_operator=True)
    return _verdict(Outcome.REFUSED if code.startswith(_TENCENT_REFUSED) else _unheard_of(attempt), code)


def _unheard_of(attempt: int) -> Outcome:
    """A code that is in no list of ours. The vendor did answer, so nothing was sent: tried once more."""
    return Outcome.LATER if attempt <= 1 else Outcome.REFUSED


def _verdict(outcome: Outcome, code: str, *, needs_operator: bool = False) -> CodeMeaning:
    is_frequency = outcome is Outcome.LATER and ("LIMIT" in code.upper() or code.startswith("Throttling"))
    return CodeMeaning(
        Result(outcome=outcome, code=code, retry_after_s=_FREQUENCY_S if is_frequency else None), needs_operator
    )
