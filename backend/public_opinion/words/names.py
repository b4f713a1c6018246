"""人名: what is a person's name, or may be one, is never a word. Pure.

Three rules, each alone enough. In a text, a surname with up to two characters beside a title (王师傅, 李某) or after
what introduces a person (我叫, 联系人) is cut out, and whoever was called so once in a town's texts is called so in all
of them. A word that was found is a name where it is a surname that stands for itself, with one or two characters that
are no common word or such as given names are made of. And it is one where somebody of the town is called so.
"""

import re
from collections.abc import Iterator, Set
from functools import cache
from pathlib import Path
from typing import NamedTuple

from backend.public_opinion.words import known

_HAN = "㐀-鿿"
_TITLES = (
    "先生|女士|小姐|太太|师傅|阿姨|叔叔|伯伯|大爷|大妈|大姐|大哥|婆婆|老师|医生|护士|教授|律师|警官|队长|所长|局长|厅长|"
    "市长|县长|区长|镇长|乡长|村长|组长|科长|处长|站长|院长|校长|书记|主任|主席|经理|总经理|老板|店长|会计|同志|总|工|"
    "某某|某|氏"
)
_SHORT_TITLES, _AFTER_TITLE = frozenset("总工"), frozenset("的说来去在不没也称答让要是")
"""Titles of one character, which mostly are the rest of a word; and what may follow them."""
_SUFFIXED = "先生|女士|小姐|师傅|同志"
_INTRODUCED = (
    "我叫|我是|我名|名叫|名字叫|姓名|叫做|本人|联系人|投诉人|举报人|来电人|反映人|当事人|负责人|经办人|承办人|法人|"
    "法定代表人|代表人|户主|房东|租户|司机|车主|死者|伤者|儿子|女儿|丈夫|妻子|老公|老婆|父亲|母亲|爸爸|妈妈|哥哥|"
    "弟弟|姐姐|妹妹|爷爷|奶奶|孙子|同学|学生|老师|书记|主任|村长|社长|队长|局长|经理|老板|民警|交警|医生"
)
_GIVEN_MOST, _NAME_MOST = 2, 4
_NO_GIVEN = frozenset(
    "的了是不在有没被把也都就还要会能和与及或对向从到给让为因所以但而且则各每某这那其此该我你他她它们"
    "路楼房车费电水气店厂区号站院校局队层室户街道门窗墙顶管网线桥桩灯牌箱桶杆坑洞"
)
"""Characters that given names do not have."""
_IN_GIVEN = frozenset(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文斌辉鹏飞红玲婷宇浩凯健俊帆帅旭宁龙林玉萍建国志春梅兰凤洁云莲"
    "珍贞荣爱雪琴素真莉香媛瑞凡佳嘉琼勤珠翠雅芝倩琳晶妍茜秋珊莎锦青怡雁蓓仪荷丹蓉君蕊薇梦岚婕馨韵聪悦冰羽希宝欣晓欢"
    "枫芸菲亚思峰彬轩泽晨辰皓涵梓萱诗淑惠慧康德福禄喜贵富波松柏森胜武忠义仁智良善美祥邦功小"
)
"""Characters that given names are made of: with them even a run that the lexicon knows is a name, if it is rare."""
_COMMON_ANYHOW, _COMMON_GIVEN = -11.0, -12.0


_SPELT_LEAST, _SPELT_WORDS = 5, frozenset({"taobao", "pinduoduo", "didichuxing", "weixin", "huawei"})
_SPELT = re.compile(
    "(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|"
    "ia|ie|iu|ua|uo|ui|ue|er|a|o|e|i|u|v)){2,4}"
)


class Surnames(NamedTuple):
    common: frozenset[str]
    """Those of nearly everybody; in the order of the file the commonest first."""
    rare: frozenset[str]
    """Rare ones that mostly begin other words: 路, 车, 楼. Only a title or an introduction makes them surnames."""
    double: frozenset[str]


_MOSTLY_WORDS = frozenset("于任常关向安成单方石万白高金田江时文左古平和温武严章易")
"""Common surnames that as often begin a word of two characters, or stand in the middle of one."""


@cache
def surnames() -> Surnames:
    common, rare, double = Path(__file__).with_name("surnames.txt").read_text("utf-8").splitlines()
    return Surnames(frozenset(common), frozenset(rare), frozenset(double.split()))


@cache
def _beside_titles() -> re.Pattern[str]:
    every = "".join(sorted(surnames().common | surnames().rare))
    surname = f"(?:{'|'.join(sorted(surnames().double))}|[{every}])"
    given = f"[{_HAN}]{{1,{_GIVEN_MOST}}}"
    # A bare surname beside a title, or a whole name; 某 may have one more character: 张某军.
    titled = f"(?P<titled>{surname}(?:{given}(?={_SUFFIXED}|某)|(?={_TITLES})))(?:某[{_HAN}]?|(?P<title>{_TITLES}))"
    introduced = f"(?:{_INTRODUCED})(?:叫做?|是|为|[:：，,\\s])*(?P<introduced>{surname}{given})"
    return re.compile(f"{titled}|{introduced}")


def names_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Where persons are named in a text, from and to, and how: the name alone, without a title. Narrow characters."""
    for found in _beside_titles().finditer(text):
        if found["titled"]:
            if found["title"] in _SHORT_TITLES and not _is_titled(text, found.start(), found.end()):
                continue
            yield found.start(), found.end(), found["titled"]
        elif (name := found["introduced"]) and not _begins_word(name):
            yield found.start("introduced"), found.end("introduced"), name


def _is_titled(text: str, start: int, end: int) -> bool:
    """Whether a surname and a title of one character are those: 张总的, and neither 施工 nor 完成工作."""
    after, before = text[end : end + 1], text[max(0, start - 1) : start + 1]
    is_ended = re.match(f"[{_HAN}]", after) is None or after in _AFTER_TITLE
    return is_ended and not known.is_common(text[start:end]) and not (len(before) == 2 and known.is_common(before))


def without_names(text: str) -> tuple[str, set[str]]:
    """The text with a bar in the place of each name, and the names of two characters and more."""
    pieces, names, at = [], set[str](), 0
    for start, end, name in names_in(text):
        pieces += [text[at:start], "|"]
        at = end
        if 1 < len(name) <= _NAME_MOST:
            names.add(name)
    return "".join(pieces) + text[at:], names


def is_name(word: str, people: Set[str] = frozenset()) -> bool:
    """Whether a word is a person's name or has one in it. `people`: names that are known to be somebody's."""
    if any(word[start : start + length] in people for length in (2, 3, 4) for start in range(len(word) - length + 1)):
        return True
    ends = (start for start in range(len(word) - 1) if start == 0 or known.is_common(word[:start]))
    return _begins_with_name(word) or any(_is_whole_name(word[start:], is_inner=start > 0) for start in ends)


def is_spelt_name(letters: str) -> bool:
    """Whether letters read as two to four syllables of pinyin, as a name or an account is written: wanglihua."""
    lower = letters.lower()
    return len(lower) >= _SPELT_LEAST and lower not in _SPELT_WORDS and _SPELT.fullmatch(lower) is not None


def _is_whole_name(part: str, *, is_inner: bool) -> bool:
    """Whether it is a surname and a given name of one or two characters, and no common word."""
    surname = part[:2] if part[:2] in surnames().double else part[:1]
    given = part[len(surname) :]
    if not 1 <= len(given) <= _GIVEN_MOST or not _is_surname(surname, is_alone=len(given) == 2 and not is_inner):
        return False
    if _NO_GIVEN & set(given):
        return False
    if set(given) <= _IN_GIVEN:
        return known.commonness(part) < _COMMON_ANYHOW
    if known.is_common(part):
        return False
    return known.cut(part)[0] in (surname, part) and (len(given) == 1 or known.commonness(given) < _COMMON_GIVEN)


def _begins_with_name(word: str) -> bool:
    """Whether a longer word begins with one: its surname stands for itself, and so does what follows."""
    tokens = known.cut(word)
    if len(word) < _NAME_MOST or len(tokens) < 2:
        return False
    is_given = len(tokens[1]) == 1 and tokens[1] not in _NO_GIVEN
    return is_given and (tokens[0] in surnames().double or _is_surname(tokens[0], is_alone=False))


def _is_surname(token: str, *, is_alone: bool) -> bool:
    """`is_alone`: it begins a run of three characters, where a surname that mostly is a word is one, too."""
    is_common = token in surnames().common and (is_alone or token not in _MOSTLY_WORDS)
    return is_common or token in surnames().double


def _begins_word(name: str) -> bool:
    """Whether the surname and what follows are the beginning of a common word: 高空 in 业主高空抛物."""
    is_double = name[:2] in surnames().double
    return not is_double and (known.commonness(name[:2]) >= _COMMON_GIVEN or known.is_common(name))
