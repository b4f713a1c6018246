"""数字与时间: what counts or dates something is never a word. Pure."""

import re

_NUMERAL = "零〇一二两三四五六七八九十百千万亿几多半"
_SPELT_OUT = re.compile("[零〇一二两三四五六七八九幺洞拐]{4,}")
"""A phone or a number of a paper, digit by digit."""
_COUNTED = re.compile(
    f"(?:第|约|近|每|上|下|前|后|共|满|超)?[{_NUMERAL}]+(?:余|来|多|几)?"
    "(?:个|名|位|户|人|次|期|条|座|台|辆|栋|幢|号|楼|层|室|弄|米|吨|斤|度|块|元|角|分|钱|年|月|日|天|点|时|小时|分钟|秒|"
    "周|倍|成|级|岁|里|平|平米|平方|公里|号线|季度|月份|点钟|点半|代|类|种|家|所|间|套|批|份|本|件|把|口|栋楼|层楼)*"
)
_DATED = re.compile(
    "(?:今|昨|明|前|后|当|每|上|下|本|这|那|去|大前)(?:天|日|晚|年|月|周|季|早|夜|个月|星期|周末|半年)|"
    "(?:星期|礼拜|周)[一二三四五六日天末]|(?:上|中|下)午|凌晨|早上|早晨|清晨|傍晚|晚上|夜里|夜间|半夜|深夜|白天|"
    "目前|现在|如今|最近|近期|近日|至今|当时|平时|时候|时间|小时|分钟|月份|年底|年初|月底|月初"
)


def is_number(word: str) -> bool:
    """Whether the word is nothing but a number with what it counts, or a time, or has a number spelt out in it."""
    return (
        _SPELT_OUT.search(word) is not None
        or _COUNTED.fullmatch(word) is not None
        or _DATED.fullmatch(word) is not None
    )
