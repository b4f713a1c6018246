"""腾讯云短信, SendSms of 2021-01-11, with signatures as TC3 says.

https://cloud.tencent.com/document/product/382/55981, signature: /document/api/382/52072
`python -m tests.fakes.sms_tencent --port 9004` takes the key, the app, the sign and the template that are named below.
"""

import argparse
import hashlib
import hmac
import re
import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from tests.fakes import vendor
from tests.fakes.server import Answer, Asked, as_json
from tests.fakes.shapes import NotSo, hold, words
from tests.fakes.vendor import Planned, TroubleKind, Vendor

KEY_ID, KEY_SECRET = "AKIDFakeKeyIdOfTencent", "FakeKeySecretOfTencent"
APP_ID, SIGN, TEMPLATE = "1400006666", "浦江镇网格", "1110001"
LINK_TEMPLATE = "1110002"
VARIABLES = {TEMPLATE: 5, LINK_TEMPLATE: 6}
"""How many each template has."""
VALUE_CHARS_MAX = 12
_ALGORITHM = "TC3-HMAC-SHA256"
_CLOCK_S = 300
_JSON = {"content-type": "application/json"}


def _list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


_BODY = {
    "*PhoneNumberSet": lambda value: _list_of_texts(value) and 0 < len(value) <= 200,
    "*SmsSdkAppId": words(20, 1),
    "*TemplateId": words(20, 1),
    "SignName": words(100),
    "TemplateParamSet": _list_of_texts,
    "ExtendCode": words(20),
    "SessionContext": words(512),
    "SenderId": words(20),
}


class TencentFake(Vendor):
    """`sent`: what came to whom, each as number, template and values."""

    def reset(self) -> None:
        super().reset()
        self.sent: list[tuple[str, str, list[str]]] = []
        self.code = ""
        """Of each number, in place of Ok."""
        self.error = ""
        """Of the whole request."""

    def failure(self, planned: Planned) -> Answer:
        if planned.kind is TroubleKind.LIMIT:
            return _refuse("RequestLimitExceeded", "Your current request times equals to `0` in a second.")
        if planned.kind is TroubleKind.IN_200:
            return _refuse("InternalError.OtherError", "其他错误")
        return as_json({"Response": {"Error": {"Code": "InternalError", "Message": "busy"}}}, planned.status, _JSON)

    async def answer(self, asked: Asked) -> Answer:
        if asked.method != "POST" or asked.headers.get("x-tc-action") != "SendSms":
            return _refuse("InvalidAction", "The request action is not found")
        if asked.headers.get("x-tc-version") != "2021-01-11":
            return _refuse("NoSuchVersion", "The version does not exist")
        if wrong := _unsigned(asked):
            return wrong
        try:
            body = asked.json()
            hold(body, _BODY, "body")
        except ValueError:
            return _refuse("FailedOperation.JsonParseFail", "解析请求包体时候失败")
        except NotSo as wrong:
            kind = {"unknown": "UnknownParameter", "missing": "MissingParameter", "invalid": "InvalidParameter"}
            return _refuse(kind[wrong.why], f"The request parameter {wrong.field} is {wrong.why}")
        if self.error:
            return _refuse(self.error, f"{self.error} {body['PhoneNumberSet']}")
        return as_json({"Response": {"SendStatusSet": self._take(body), "RequestId": str(uuid4())}}, 200, _JSON)

    def _take(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        statuses = []
        for number in body["PhoneNumberSet"]:
            code = self.code or _fault(body, number)
            if not code:
                self.sent.append((number, body["TemplateId"], body.get("TemplateParamSet", [])))
            statuses.append(
                {
                    "SerialNo": "" if code else f"5000:{len(self.sent)}",
                    "PhoneNumber": number,
                    "Fee": 0 if code else 1,
                    "SessionContext": body.get("SessionContext", ""),
                    "Code": code or "Ok",
                    "Message": f"{code} {number}" if code else "send success",
                    "IsoCode": "CN",
                }
            )
        return statuses


def _fault(body: dict[str, Any], number: str) -> str:
    values = body.get("TemplateParamSet", [])
    if not re.fullmatch(r"\+861[3-9]\d{9}", number):
        return "InvalidParameterValue.IncorrectPhoneNumber"
    if body["SmsSdkAppId"] != APP_ID:
        return "UnauthorizedOperation.SmsSdkAppIdVerifyFail"
    if body.get("SignName") != SIGN:
        return "FailedOperation.SignatureIncorrectOrUnapproved"
    if body["TemplateId"] not in VARIABLES:
        return "FailedOperation.TemplateIncorrectOrUnapproved"
    if len(values) != VARIABLES[body["TemplateId"]] or not all(values):
        return "FailedOperation.TemplateParamSetNotMatchApprovedTemplate"
    if any(re.search(r"https?:|www\.|\.(com|cn)\b", each) for each in values):
        return "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter"
    return "InvalidParameterValue.TemplateParameterLengthLimit" if max(map(len, values)) > VALUE_CHARS_MAX else ""


def _unsigned(asked: Asked) -> Answer | None:
    found = re.fullmatch(
        rf"{_ALGORITHM} Credential=([^/]+)/([^/]+)/sms/tc3_request, SignedHeaders=([^,]+), Signature=([0-9a-f]+)",
        asked.headers.get("authorization", ""),
    )
    if found is None or found[1] != KEY_ID:
        return _refuse("AuthFailure.SecretIdNotFound", "The SecretId is not found")
    at = asked.headers.get("x-tc-timestamp", "0")
    if abs(time.time() - int(at)) > _CLOCK_S or datetime.fromtimestamp(int(at), UTC).strftime("%Y-%m-%d") != found[2]:
        return _refuse("AuthFailure.SignatureExpire", "Signature expired")
    headers = "".join(f"{name}:{asked.headers.get(name, '').strip().lower()}\n" for name in found[3].split(";"))
    body = hashlib.sha256(asked.body).hexdigest()
    canonical = "\n".join([asked.method, asked.path, "", headers, found[3], body])
    to_sign = f"{_ALGORITHM}\n{at}\n{found[2]}/sms/tc3_request\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = ("TC3" + KEY_SECRET).encode()
    for part in (found[2], "sms", "tc3_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    if hmac.new(key, to_sign.encode(), "sha256").hexdigest() != found[4]:
        return _refuse("AuthFailure.SignatureFailure", "The provided credentials could not be validated")
    return None


def _refuse(code: str, message: str) -> Answer:
    """Tencent's errors come with status 200."""
    error = {"Error": {"Code": code, "Message": message}, "RequestId": str(uuid4())}
    return as_json({"Response": error}, 200, _JSON)


if __name__ == "__main__":
    given = vendor.options(argparse.ArgumentParser(description=__doc__))
    vendor.stay(TencentFake(chance=given.chance, slow_s=given.slow_s), given.port)
