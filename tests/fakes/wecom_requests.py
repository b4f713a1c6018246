"""What WeCom takes, as its documents on sending and on updating cards describe it; nothing else is taken."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta


class Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


def bytes_at_most(text: str, most: int, field: str) -> None:
    if len(text.encode()) > most:
        raise ValueError(f"{field} is longer than {most} bytes")


class TextCard(Strict, frozen=True, kw_only=True):
    title: Annotated[str, Meta(min_length=1)]
    description: Annotated[str, Meta(min_length=1)]
    url: Annotated[str, Meta(pattern="^https?://")]
    btntxt: Annotated[str, Meta(max_length=4)] = "详情"

    def __post_init__(self) -> None:
        bytes_at_most(self.title, 128, "title")
        bytes_at_most(self.description, 512, "description")
        bytes_at_most(self.url, 2048, "url")


class Plain(Strict, frozen=True, kw_only=True):
    content: Annotated[str, Meta(min_length=1)]

    def __post_init__(self) -> None:
        bytes_at_most(self.content, 2048, "content")


class Source(Strict, frozen=True, kw_only=True):
    icon_url: str = ""
    desc: Annotated[str, Meta(max_length=20)] = ""
    desc_color: Annotated[int, Meta(ge=0, le=3)] = 0


class MainTitle(Strict, frozen=True, kw_only=True):
    title: Annotated[str, Meta(max_length=36)] = ""
    desc: Annotated[str, Meta(max_length=44)] = ""


class Pair(Strict, frozen=True, kw_only=True):
    keyname: Annotated[str, Meta(min_length=1, max_length=5)]
    value: Annotated[str, Meta(max_length=30)] = ""


class CardAction(Strict, frozen=True, kw_only=True):
    type: Literal[1]
    url: Annotated[str, Meta(pattern="^https?://")]


class Option(Strict, frozen=True, kw_only=True):
    id: Annotated[str, Meta(min_length=1, max_length=128)]
    text: Annotated[str, Meta(min_length=1, max_length=16)]


class Selection(Strict, frozen=True, kw_only=True):
    question_key: Annotated[str, Meta(min_length=1)]
    title: str = ""
    option_list: Annotated[list[Option], Meta(min_length=1, max_length=10)]
    selected_id: str = ""


class Button(Strict, frozen=True, kw_only=True):
    text: Annotated[str, Meta(min_length=1, max_length=10)]
    style: Annotated[int, Meta(ge=1, le=4)] = 1
    key: Annotated[str, Meta(min_length=1)]

    def __post_init__(self) -> None:
        bytes_at_most(self.key, 1024, "key")


class ButtonCard(Strict, frozen=True, kw_only=True):
    card_type: Literal["button_interaction"]
    source: Source | None = None
    main_title: MainTitle
    sub_title_text: Annotated[str, Meta(max_length=160)] = ""
    horizontal_content_list: Annotated[list[Pair], Meta(max_length=6)] = []
    card_action: CardAction | None = None
    task_id: Annotated[str, Meta(min_length=1, max_length=128, pattern="^[0-9A-Za-z_@-]+$")]
    button_selection: Selection | None = None
    button_list: Annotated[list[Button], Meta(min_length=1, max_length=6)]


class SendRequest(Strict, frozen=True, kw_only=True):
    touser: Annotated[str, Meta(min_length=1)]
    msgtype: Literal["textcard", "template_card", "markdown", "text"]
    agentid: int
    textcard: TextCard | None = None
    template_card: ButtonCard | None = None
    markdown: Plain | None = None
    text: Plain | None = None
    safe: Literal[0, 1] = 0
    enable_id_trans: Literal[0, 1] = 0
    enable_duplicate_check: Literal[0, 1] = 0
    duplicate_check_interval: Annotated[int, Meta(ge=1, le=14_400)] = 1800

    def __post_init__(self) -> None:
        contents = [name for name in ("textcard", "template_card", "markdown", "text") if getattr(self, name)]
        if contents != [self.msgtype]:
            raise ValueError(f"msgtype {self.msgtype} with {contents}")
        if len(self.touser.split("|")) > 1000:
            raise ValueError("touser has more than 1000 members")


class Replacement(Strict, frozen=True, kw_only=True):
    replace_name: Annotated[str, Meta(min_length=1, max_length=30)]


class UpdateRequest(Strict, frozen=True, kw_only=True):
    userids: Annotated[list[str], Meta(max_length=1000)] = []
    atall: Literal[0, 1] = 0
    agentid: int
    response_code: Annotated[str, Meta(min_length=1)]
    button: Replacement | None = None
    template_card: ButtonCard | None = None

    def __post_init__(self) -> None:
        if (self.button is None) == (self.template_card is None):
            raise ValueError("either button or template_card")
        if not self.userids and not self.atall:
            raise ValueError("nobody to update it for")


def read(body: bytes, kind: type[Any]) -> Any:
    """The request. Raises msgspec.MsgspecError with what is wrong."""
    return msgspec.json.decode(body, type=kind)
