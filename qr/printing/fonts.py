"""A font with Chinese characters that may be embedded: found on this machine, or named so that one can be installed."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

from qr.codes import grouped
from qr.printing.layout import Label, code_line
from qr.printing.wording import GAP, lacking

_NAMED = 10

_CANDIDATES = (
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/wqy-microhei/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/arphic/ukai.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/STHeiti Medium.ttc",
    "/System/Library/Fonts/Supplemental/Songti.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/simhei.ttf",
)


class FontMissing(RuntimeError):
    """No font with Chinese characters was found; the message says what to install."""


class FontLacks(FontMissing):
    """Words on plates hold characters that the font does not have; the message names them and their plates."""

    def __init__(self, font: Path, wanting: Sequence[tuple[Label, str]]) -> None:
        named = "\n".join(f"  {grouped(label.code)} {label.name}: {missing}" for label, missing in wanting[:_NAMED])
        more = f"\n  … {len(wanting) - _NAMED}" if len(wanting) > _NAMED else ""
        super().__init__(
            f"字体缺字,无法印出以下门牌 / {font.name} lacks characters of {len(wanting)} plate(s):\n{named}{more}\n"
            f"--font FILE: 换用字符更全的字体 / a fuller font; --gaps: 以{GAP}代替 / print {GAP} in their place."
        )


def find_font(given: Path | None = None) -> Path:
    """The chosen font, or the first known one on this machine. Raises FontMissing."""
    for candidate in (given,) if given else map(Path, _CANDIDATES):
        if candidate.is_file():
            characters_of(candidate)
            return candidate
    if given:
        raise FontMissing(f"找不到字体 / no such font file: {given}")
    raise FontMissing(
        "找不到中文字体。请安装后重试 / No font with Chinese characters. Install one and try again:\n"
        "  Debian, Ubuntu: apt-get install fonts-wqy-microhei   (1.6 MB)\n"
        "  Fedora: dnf install wqy-microhei-fonts\n"
        "or name a TrueType or OpenType file with --font FILE."
    )


@lru_cache(maxsize=4)
def characters_of(font: Path) -> frozenset[int]:
    """The code points that the font draws. Raises FontMissing for what is no font."""
    try:
        with font.open("rb") as content, closing(TTFont(content, fontNumber=0, lazy=True)) as opened:
            return frozenset(opened.getBestCmap() or ())
    except (TTLibError, OSError) as error:
        raise FontMissing(f"不是 TrueType 或 OpenType 字体 / not a TrueType or OpenType font: {font}") from error


def must_draw(font: Path, labels: Iterable[Label]) -> None:
    """Raises FontLacks when a word on one of the labels holds characters that this font does not have."""
    drawn = characters_of(font)
    wanting = [(label, missing) for label in labels if (missing := lacking(label.name + code_line(label), drawn))]
    if wanting:
        raise FontLacks(font, wanting)
