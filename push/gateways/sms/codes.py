"""What the vendors' codes mean for a text message. Pure: codes alone are read, their texts may hold the number.

https://help.aliyun.com/zh/sms/developer-reference/api-error-codes
https://cloud.tencent.com/document/product/382/59177
"""

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


def of_aliyun(code: str, without_code: str) -> tuple[Result, bool]:
    """What a code means, and whether sign or template need somebody. `without_code`: what stands for a missing one."""
    if not code or code == "None":
        return Result(outcome=Outcome.UNKNOWN, code=without_code), False
    if code.startswith(_ALIYUN_BROKEN):
        return _result(Outcome.BROKEN, code), False
    if code.startswith(_ALIYUN_LATER):
        return _result(Outcome.LATER, code), False
    return _result(Outcome.REFUSED, code), code.startswith(_ALIYUN_TEMPLATE)


def of_tencent(code: str) -> tuple[Result, bool]:
    if not code or code.startswith(_TENCENT_UNCLEAR):
        return _result(Outcome.UNKNOWN, code), False
    if code.startswith(_TENCENT_BROKEN):
        return _result(Outcome.BROKEN, code), False
    if code.startswith(_TENCENT_LATER):
        return _result(Outcome.LATER, code), False
    return _result(Outcome.REFUSED, code), code.startswith(_TENCENT_TEMPLATE)


def _result(outcome: Outcome, code: str) -> Result:
    is_frequency = outcome is Outcome.LATER and ("LIMIT" in code.upper() or code.startswith("Throttling"))
    return Result(outcome=outcome, code=code, retry_after_s=_FREQUENCY_S if is_frequency else None)
