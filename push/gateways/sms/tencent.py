"""腾讯云短信 by its SDK (sms 3.1): one request for a message, whatever happens.

The asynchronous client lets errors of httpx and of JSON through that the other one wraps. `keepAlive` is left off: its
connections belong to the loop that opened them, and are of no use in another.
"""

import logging
from typing import Any

import httpx
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.sms.v20210111 import models
from tencentcloud.sms.v20210111.sms_client_async import SmsClient

from backend import http_client
from push.gateways import Outcome, Outgoing, Result
from push.gateways.sms import codes
from push.gateways.sms.codes import CodeMeaning
from push.gateways.sms.settings import SmsSettings
from push.gateways.sms.variables import reference_of

_TIMEOUT_S = 10
_NO_ANSWER = frozenset({"ServerNetworkError", "ClientNetworkError", "JSONDecodeError"})
"""Codes of the SDK's own, for answers that it could not read; what they say holds bytes of the answer."""

# It writes requests with their numbers where somebody lets it.
logging.getLogger("tencentcloud_sdk_common").setLevel(logging.WARNING)


class Tencent:
    value_chars = 12

    def __init__(self, settings: SmsSettings) -> None:
        protocol, _, host = settings.base.partition("://")
        http = HttpProfile(protocol=protocol or "https", endpoint=host or None, reqTimeout=_TIMEOUT_S, keepAlive=False)
        credential = Credential(settings.key_id, settings.key_secret)
        self._client = SmsClient(credential, settings.region, ClientProfile(httpProfile=http))
        http_client.bound(self._client.http_client)
        self._sign, self._app_id = settings.sign, settings.app_id

    async def send(self, number: str, template: str, values: dict[str, str], each: Outgoing) -> CodeMeaning:
        request = models.SendSmsRequest()
        request.PhoneNumberSet = [f"+86{number}"]
        request.SmsSdkAppId, request.SignName, request.TemplateId = self._app_id, self._sign, template
        request.TemplateParamSet = list(values.values())
        request.SessionContext = reference_of(each)
        try:
            response = await self._client.SendSms(request)
        except TencentCloudSDKException as error:
            return _failed(str(error.get_code() or ""), each.attempt)
        except Exception as error:
            return CodeMeaning(_lost(error))
        return _answered(response, each.attempt)

    async def close(self) -> None:
        await self._client.close()


def _answered(response: Any, attempt: int) -> CodeMeaning:
    """A success of the request is none of the message: each number has a code of its own."""
    statuses = response.SendStatusSet or ()
    if len(statuses) != 1 or not statuses[0].Code:
        return CodeMeaning(Result(outcome=Outcome.UNKNOWN, code="no-code"))
    [status] = statuses
    if status.Code == "Ok":
        return CodeMeaning(Result(outcome=Outcome.SENT, vendor_id=str(status.SerialNo or "")))
    return codes.of_tencent(str(status.Code), attempt)


def _failed(code: str, attempt: int) -> CodeMeaning:
    if code in _NO_ANSWER:
        return CodeMeaning(Result(outcome=Outcome.UNKNOWN, code=code))
    return codes.of_tencent(code, attempt)


def _lost(error: Exception) -> Result:
    """No answer, or none that could be read. Without a connection nothing was sent; else nobody knows."""
    is_unsent = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError)
    return Result(outcome=Outcome.LATER if is_unsent else Outcome.UNKNOWN, code=type(error).__name__)
