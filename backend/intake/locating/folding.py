"""How an address is compared, whoever wrote it: narrow, without blanks, dashes as one, old forms as new ones. Pure.

The words of a place in the database are folded by `place_fold`, which changes less; what is found there is compared
once more by this.
"""

import re
import unicodedata

from backend.intake.locating import numerals

_DASHES = re.compile("[‐‑‒–—―−－~〜～]+|(?<=[0-9号])[至到](?=[0-9])|(?<=[0-9])之(?=[0-9])")
_BLANKS = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_OLD = str.maketrans(
    "號衖樓棟區鎮鄉縣莊園寧陸楊龍橋門蘇滬廈華東廣場灣濱開關陽雲興業國長馬張錢塘與裡裏",
    "号弄楼栋区镇乡县庄园宁陆杨龙桥门苏沪厦华东广场湾滨开关阳云兴业国长马张钱塘与里里",
)
_HASH = re.compile(r"(?<=[0-9])#")
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def fold(text: str) -> str:
    """The text as it is compared."""
    narrow = unicodedata.normalize("NFKC", text).lower().translate(_OLD)
    narrow = _DASHES.sub("-", _BLANKS.sub("", narrow))
    return _ZEROS.sub("", numerals.in_arabic(_HASH.sub("号", narrow)))
