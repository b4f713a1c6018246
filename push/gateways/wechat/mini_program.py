"""What a web process needs of WeChat: sign-in, callbacks, and what people agreed to on the phone."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from push.gateways import crypto
from push.gateways.crypto import CallbackCipher, CallbackForged
from push.gateways.wechat import code_picture, content_marks, content_safety, credit, picture_safety, sign_in
from push.gateways.wechat.callbacks import fields, inbox
from push.gateways.wechat.client import WechatClient
from push.gateways.wechat.links import VERSIONS
from push.gateways.wechat.settings import WechatSettings
from push.gateways.wechat.signature import OfficialAccount, PageSignature

_AGE_MAX_S = 24 * 3600
"""The vendor repeats a callback for some seconds; a day leaves room for a clock that is wrong."""
_STAMP_CHARS = 12


class MiniProgram:
    """One for a process. Holds connections: close it."""

    def __init__(self, settings: WechatSettings, now: Callable[[], datetime], page_script: bytes | None = None) -> None:
        """`page_script`: the vendor's JS-SDK for pages inside WeChat; None where pages go without."""
        self._settings, self._client = settings, WechatClient(settings, now)
        self.page_script = page_script
        self._cipher: CallbackCipher | None = None
        if settings.has_callbacks:
            self._cipher = CallbackCipher(settings.token, settings.aes_key, settings.appid)

        official = settings.official_account
        self._official = OfficialAccount(official, now) if official else None

    async def close(self) -> None:
        await self._client.close()
        if self._official:
            await self._official.close()

    async def sign_page(self, url: str) -> PageSignature | None:
        """What a page of this address needs for the JS-SDK; None without an official account.

        Raises VendorRefused, VendorSilent.
        """
        return await self._official.sign_page(url) if self._official else None

    async def openid_of(self, code: str) -> str:
        """Who holds the phone. Raises CodeRefused, VendorRefused, VendorSilent."""
        return await sign_in.openid_of(self._client, self._settings, code)

    async def draw_code(self, code: str) -> bytes:
        """小程序码 of a door's code, PNG or JPEG. Raises VendorRefused, VendorSilent."""
        return await code_picture.draw(self._client, f"c={code}", version=VERSIONS[self._settings.state])

    def verify(self, query: Mapping[str, str], now: datetime) -> None:
        """That it is the vendor who asks whether we are there. Raises CallbackForged."""
        self._open_cipher(query, now)
        parts = (query.get("timestamp", ""), query.get("nonce", ""))
        crypto.check(query.get("signature", ""), self._settings.token, *parts)

    async def receive(self, query: Mapping[str, str], body: bytes, now: datetime) -> bool:
        """Take a callback in. Whether it is new. Raises CallbackForged, and Unreadable for what holds no fields."""
        cipher = self._open_cipher(query, now)
        sealed = fields.text(fields.read(body), "Encrypt")
        parts = (query.get("timestamp", ""), query.get("nonce", ""))
        message = cipher.open(query.get("msg_signature", ""), *parts, sealed)
        return await inbox.receive(fields.read(message), now)

    async def check_words(self, account_id: int, order_id: int, words: str, now: datetime) -> None:
        """Have the words of a report looked at, if its reporter is known at WeChat; the order is marked for staff."""
        await content_safety.check_words(self._client, account_id, order_id, words, now)

    async def find_mark(self, order_id: int) -> str:
        """The gravest that was said of the words on an order; empty for nothing."""
        return await content_safety.find_mark(order_id) or ""

    async def check_pictures(self, account_id: int, order_id: int, links: Mapping[UUID, str], now: datetime) -> None:
        """Have the pictures of a report looked at, if its reporter is known at WeChat; the answers come by callback."""
        if self._cipher is not None:
            await picture_safety.check_pictures(self._client, account_id, order_id, links, now)

    async def find_picture_marks(self, order_id: int, now: datetime) -> dict[UUID, str]:
        """What was said of the photos of an order, by photo; of those that passed, nothing."""
        return {photo_id: mark.value for photo_id, mark in (await content_marks.find_marks(order_id, now)).items()}

    async def note_choices(self, account_id: int, choices: Mapping[str, bool]) -> None:
        """What somebody agreed to or refused, as the phone says; counted where the vendor does not say it."""
        known = {template_id: agreed for template_id, agreed in choices.items() if self._settings.template(template_id)}
        if known and self._cipher is None:
            await credit.add_of_account(account_id, known)

    def _open_cipher(self, query: Mapping[str, str], now: datetime) -> CallbackCipher:
        """Raises CallbackForged for what is far too old, and where nothing may come in."""
        if self._cipher is None:
            raise CallbackForged("not set up")
        at = query.get("timestamp", "")
        is_number = at.isascii() and at.isdigit() and len(at) <= _STAMP_CHARS
        if not is_number or abs(now.timestamp() - int(at)) > _AGE_MAX_S:
            raise CallbackForged("timestamp")
        return self._cipher
