"""行业门类: the sections of GB/T 4754-2017, and how people write them: letter, number, name, a usual word. Pure."""

import re
import unicodedata
from enum import StrEnum


class TradeClass(StrEnum):
    """A section of GB/T 4754-2017."""

    FARMING = "A"
    MINING = "B"
    MANUFACTURING = "C"
    UTILITIES = "D"
    CONSTRUCTION = "E"
    TRADE = "F"
    TRANSPORT = "G"
    CATERING = "H"
    SOFTWARE = "I"
    FINANCE = "J"
    PROPERTY = "K"
    LEASING = "L"
    RESEARCH = "M"
    ENVIRONMENT = "N"
    SERVICES = "O"
    EDUCATION = "P"
    HEALTH = "Q"
    CULTURE = "R"
    GOVERNMENT = "S"
    INTERNATIONAL = "T"


_LAST_DIVISION = (
    *((5, "A"), (12, "B"), (43, "C"), (46, "D"), (50, "E"), (52, "F"), (60, "G"), (62, "H"), (65, "I"), (69, "J")),
    *((70, "K"), (72, "L"), (75, "M"), (79, "N"), (82, "O"), (83, "P"), (85, "Q"), (90, "R"), (96, "S"), (97, "T")),
)
"""The last division (大类) of each section, which has the numbers after those of the section before."""
_WORDS = {
    "A": "农林牧渔 农业 林业 畜牧 渔业",
    "B": "采矿",
    "C": "制造 加工",
    "D": "电力 燃气 热力 供水",
    "E": "建筑 装饰 装潢",
    "F": "批发 零售 超市 便利店 商店 食品店 水果 药店 药房 五金 服装 百货 烟酒 花店 菜场 文具 粮油 眼镜 熟食 茶叶",
    "G": "交通 运输 仓储 邮政 快递 物流",
    "H": "餐饮 住宿 饭店 餐厅 面馆 小吃 早餐 奶茶 咖啡 酒店 宾馆 旅馆 点心",
    "I": "信息 软件 网吧 通信 互联网",
    "J": "金融 银行 保险 证券 典当",
    "K": "房地产 物业 房产 中介",
    "L": "租赁 商务 广告 打印 旅行社 复印",
    "M": "科学 科研 技术服务 检测",
    "N": "水利 环境 公共设施 保洁 环卫",
    "O": "居民服务 修理 维修 理发 美发 美容 洗衣 洗浴 足浴 宠物 家政 修车 养老",
    "P": "教育 培训 学校 幼儿园",
    "Q": "卫生 社会工作 医院 诊所 医疗 口腔",
    "R": "文化 体育 娱乐 健身 棋牌 影院 KTV 书店",
    "S": "公共管理 社会保障 社会组织",
    "T": "国际组织",
}
"""What people write for a section. Of several that a text has, the one that ends last says what it is: 宠物医院."""
_LETTER = re.compile(r"[A-T](?![A-Z])")
_NUMBER = re.compile(r"\d{2,4}(?!\d)")


def read_trade(text: str) -> TradeClass | None:
    """The section that a cell means: `H`, `H62`, `6210`, `住宿和餐饮业`, `面馆`. None where it means none of them."""
    said = unicodedata.normalize("NFKC", text).strip().upper()
    if _LETTER.match(said):
        return TradeClass(said[0])
    if _NUMBER.match(said):
        return _of_division(int(said[:2]))
    found = [
        (said.rindex(word) + len(word), len(word), section)
        for section, words in _WORDS.items()
        for word in words.split()
        if word in said
    ]
    return TradeClass(max(found)[2]) if found else None


def _of_division(division: int) -> TradeClass | None:
    return next((TradeClass(section) for last, section in _LAST_DIVISION if 0 < division <= last), None)
