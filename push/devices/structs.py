"""A phone as the app registers it, and as its owner sees it."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend.structs import Read, Write
from push.structs import MessageLanguage
from push.tables import TOKEN_CHARS


class AppChannel(StrEnum):
    """Whose service our app has registered with."""

    FCM = "fcm"
    JPUSH = "jpush"


class TokenKind(StrEnum):
    """FCM names an app by a registration token or, since 2025, by an installation. At JPush it is always a token."""

    TOKEN = "token"  # noqa: S105
    FID = "fid"


class Platform(StrEnum):
    ANDROID = "android"
    IOS = "ios"
    HMOS = "hmos"
    """HarmonyOS NEXT, which JPush alone reaches."""
    WEB = "web"


PLATFORMS = {
    AppChannel.FCM: frozenset({Platform.ANDROID, Platform.IOS, Platform.WEB}),
    AppChannel.JPUSH: frozenset({Platform.ANDROID, Platform.IOS, Platform.HMOS}),
}
"""What each service reaches."""

Token = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=TOKEN_CHARS,
        pattern=r"^[!-~]+$",
        description="FCM: the registration token or the installation id. JPush: the registration id.",
    ),
]


class DeviceDraft(Write, frozen=True, kw_only=True):
    """What the app sends at each start and whenever its vendor gives it another token."""

    channel: AppChannel
    token: Token
    token_kind: TokenKind = TokenKind.TOKEN
    platform: Platform
    language: MessageLanguage = MessageLanguage.ZH
    """The language of the messages that are shown there."""


class DeviceView(Read, frozen=True, kw_only=True):
    """A phone to which one's messages go. Times in UTC."""

    id: int
    channel: AppChannel
    token_kind: TokenKind
    token_end: str
    """The last characters of the token: enough to tell one's phones apart, too little to send to one."""
    platform: Platform
    language: MessageLanguage
    is_this: bool
    """Whether it stands under the session that asks."""
    registered_at: datetime
    refreshed_at: datetime
