"""摘录: what stands about a word in a text, with names of persons, phones and numbers of papers hidden. Pure."""

import re
from collections.abc import Sequence

from backend.intake.items.masking import mask
from backend.public_opinion.words.clauses import MOST
from backend.public_opinion.words.names import names_in

ABOUT = 40
"""Characters before and after the word."""
HIDDEN, CUT = "＊", "…"
_NUMBER = re.compile("[0-9]{5,}|[零〇幺一二两三四五六七八九洞拐]{6,}")
_CONTACT = re.compile(
    r"(?:微信|QQ|扣扣|wechat|vx|wx|电话|手机|身份证|证件|车牌|账号|卡号)(?:号码|号)?[\s:：是为]*[A-Za-z0-9_\-]{4,}",
    re.IGNORECASE,
)
_SPREAD = re.compile(r"(?<=[0-9０-９])[\s.·・\-—_,，、]+(?=[0-9０-９])")
_POINT = re.compile("(?<=[㐀-鿿])[.．·・•](?=[㐀-鿿])")
_SPACE = re.compile(r"\s+")


def around(text: str, words: Sequence[str]) -> str:
    """The first place of one of the words, with what stands beside it; the beginning where none is found."""
    plain = guarded(text[:MOST])
    places = [at for word in words if (at := plain.find(word)) >= 0]
    at = min(places, default=0)
    start, end = max(0, at - ABOUT), min(len(plain), at + ABOUT * 2)
    return f"{CUT if start else ''}{plain[start:end]}{CUT if end < len(plain) else ''}"


def guarded(text: str) -> str:
    """The text with a star in the place of each name, phone, number of a paper, plate, account and address."""
    plain = _SPACE.sub(" ", mask(_joined(text))).strip()
    pieces, at = [], 0
    for start, end, _ in names_in(plain):
        pieces += [plain[at:start], HIDDEN]
        at = end
    plain = "".join([*pieces, plain[at:]])
    return _NUMBER.sub(HIDDEN, _CONTACT.sub(HIDDEN, plain))


def _joined(text: str) -> str:
    """Numbers that somebody spread out with blanks, points and strokes, as one; names without a point in them."""
    return _POINT.sub("", _SPREAD.sub("", text))
