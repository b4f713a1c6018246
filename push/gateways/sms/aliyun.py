"""阿里云短信 by its SDK (dysmsapi 4.6): one request for a message, whatever happens.

The SDK sends number and words in the address of the request, and exceptions repeat them: of an exception only its code
is read, never its text. `Config` gets no `retry_options`: that is the one place where repeats can be switched on.
"""

from typing import Any

import aiohttp
import msgspec
from alibabacloud_dysmsapi20170525.client import Client
from alibabacloud_dysmsapi20170525.models import SendSmsRequest
from alibabacloud_tea_openapi.exceptions import ClientException, ServerException
from alibabacloud_tea_openapi.utils_models import Config
from darabonba.runtime import RuntimeOptions

from push.gateways import Outcome, Outgoing, Result
from push.gateways.sms import codes
from push.gateways.sms.codes import CodeMeaning
from push.gateways.sms.settings import SmsSettings
from push.gateways.sms.variables import reference_of

_ENDPOINT = "dysmsapi.aliyuncs.com"
_CONNECT_MS, _READ_MS = 5_000, 10_000


class Aliyun:
    value_chars = 20

    def __init__(self, settings: SmsSettings) -> None:
        protocol, _, host = (settings.base or f"https://{_ENDPOINT}").partition("://")
        self._sign = settings.sign
        self._client = Client(
            Config(
                access_key_id=settings.key_id,
                access_key_secret=settings.key_secret,
                endpoint=host,
                protocol=protocol,
                connect_timeout=_CONNECT_MS,
                read_timeout=_READ_MS,
            )
        )

    async def send(self, number: str, template: str, values: dict[str, str], each: Outgoing) -> CodeMeaning:
        request = SendSmsRequest(
            phone_numbers=number,
            sign_name=self._sign,
            template_code=template,
            template_param=msgspec.json.encode(values).decode(),
            out_id=reference_of(each),
        )
        try:
            response = await self._client.send_sms_with_options_async(request, RuntimeOptions())
        except (ClientException, ServerException) as error:
            return codes.of_aliyun(str(error.code or ""), each.attempt, f"http-{error.status_code}")
        except Exception as error:
            return CodeMeaning(_lost(error))
        return _answered(response, each.attempt)

    async def close(self) -> None:
        """The SDK opens a connection for each request."""


def _answered(response: Any, attempt: int) -> CodeMeaning:
    body = response.body
    if body is None or not body.code:
        return CodeMeaning(Result(outcome=Outcome.UNKNOWN, code="no-code"))
    if body.code == "OK":
        return CodeMeaning(Result(outcome=Outcome.SENT, vendor_id=str(body.biz_id or "")))
    return codes.of_aliyun(str(body.code), attempt, "")


def _lost(error: Exception) -> Result:
    """No answer, or none that could be read. Without a connection nothing was sent; else nobody knows."""
    inner = getattr(error, "inner_exception", error)
    cause = inner.__context__ or inner  # the SDK keeps the text of the network's error alone
    is_unsent = isinstance(cause, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError)
    return Result(outcome=Outcome.LATER if is_unsent else Outcome.UNKNOWN, code=type(cause).__name__)
