"""What people of the demo street report: how often which matter, and in which words. Pure; nothing of it is true."""

from random import Random
from typing import NamedTuple


class ReportedMatter(NamedTuple):
    """A sub-item: its share among all orders, and how it is put into words. `{at}` and `{when}` are filled in."""

    item: str
    weight: int
    texts: tuple[str, ...]
    is_of_morning: bool = False


MATTERS = (
    ReportedMatter(
        "A101",
        20,
        (
            "{when}{at}非机动车乱停放,占了人行道,行人只能走车道",
            "{at}电动自行车停得横七竖八,盲道被占用",
            "{at}一排电动车堵住了楼道口,{when}推婴儿车过不去",
            "非机动车停到{at}的消防栓前面了",
            "{when}{at}外卖电动车乱停,堵着路口",
        ),
        True,
    ),
    ReportedMatter(
        "A102",
        9,
        (
            "{at}共享单车淤积,人行道走不过去",
            "共享单车堆在{at}的公交站台上,{when}上下车不便",
            "{at}倒了一大片共享单车,没有人整理",
            "{when}地铁口的共享单车漫到{at}了",
        ),
        True,
    ),
    ReportedMatter(
        "A103",
        7,
        ("{at}机动车停在人行道上,地砖都压坏了", "{when}{at}有货车长时间违停卸货", "{at}小轿车占用人行道停车,老人绕行"),
    ),
    ReportedMatter(
        "A201",
        7,
        ("{at}水果店跨门经营,摊位摆到人行道上", "{when}{at}饭店把桌椅摆到门外", "{at}店家在门口堆货叫卖,占道经营"),
    ),
    ReportedMatter(
        "A202",
        5,
        ("{when}{at}流动摊贩占道设摊,油污满地", "{at}有无证设摊卖早点的,堵住通行", "{at}夜排档油烟大,{when}还有噪音"),
    ),
    ReportedMatter(
        "A203", 4, ("{at}建材堆在人行道上好几天了", "{at}楼道里堆放杂物,{when}出入困难", "{at}占道堆物无人清理")
    ),
    ReportedMatter(
        "A301",
        9,
        (
            "{at}垃圾堆在路边没人清运",
            "{when}{at}暴露垃圾很多,气味大",
            "{at}绿化带里有成袋的生活垃圾",
            "{at}建筑垃圾偷倒在路边",
        ),
    ),
    ReportedMatter("A302", 5, ("{at}路面有油污,{when}滑倒过人", "{at}下水口积水一大片", "{at}人行道积水,鞋子都湿了")),
    ReportedMatter(
        "A303",
        8,
        ("{at}垃圾桶满溢,{when}没有人收", "{at}垃圾分类投放点脏乱,桶盖打不开", "{at}垃圾桶周围污水横流,有蚊虫"),
    ),
    ReportedMatter("A401", 4, ("{at}电线杆上贴满小广告", "{at}墙面被喷了办证广告", "{when}{at}有人张贴招租广告")),
    ReportedMatter("A502", 4, ("{at}人行道地砖松动翘起", "{at}路面有坑洼,{when}骑车颠簸", "{at}路面破损,老人绊倒过")),
    ReportedMatter("A503", 3, ("{at}行道树枯死了一棵", "{at}绿化带被踩秃", "{at}树枝压到了电线,{when}刮风害怕")),
    ReportedMatter("A501", 1, ("{at}井盖缺了一角", "{at}雨水井盖破损")),
    ReportedMatter("B101", 3, ("{at}消防通道被车辆堵住", "{at}安全出口堆了杂物打不开", "{when}{at}消防车通道停满了车")),
    ReportedMatter("B102", 2, ("{at}楼道灭火器缺失", "{at}消防栓箱玻璃碎了", "{at}应急灯不亮")),
    ReportedMatter(
        "B201", 4, ("{at}有人飞线给电动车充电", "{when}{at}电动车推进电梯上楼", "{at}楼道里给电瓶充电,怕着火")
    ),
    ReportedMatter("B202", 2, ("{at}私拉电线挂在树上", "{at}电线垂下来快碰到头")),
    ReportedMatter("B301", 1, ("{at}店招松动快掉下来", "{at}外墙瓷砖脱落")),
    ReportedMatter("B402", 2, ("{when}{at}装修没有围挡,粉尘很大", "{at}脚手架没有防护网", "{at}施工噪音扰民")),
)
RISING = ReportedMatter(
    "A501",
    0,
    (
        "{at}井盖异响,夜里车子一压就哐当响",
        "夜里{at}井盖异响,吵得睡不着",
        "{at}井盖异响,过一辆货车响一次",
        "半夜货车压过{at}的井盖,哐当一声全楼都醒",
        "{at}井盖异响好几天了,一家人都睡不好",
        "{at}窨井盖松了,货车经过哐当响,请加垫圈",
        "{at}的井盖异响又来了,从来没有这么吵",
        "每天夜里货车从{at}开过,井盖异响不断",
        "{at}马路中间的井盖异响,像敲锣一样",
        "货车多了以后{at}井盖异响,已经影响睡眠",
    ),
)
"""What begins at a few places in the last weeks: lorries take a new way, and covers rattle."""
_WHEN = ("早上", "今天", "晚高峰", "中午", "昨晚", "这几天", "周末", "下班时", "", "", "")
_AT = ("{road}{number}号门口", "{road}{number}号旁边", "{road}近{number}号", "{road}路口", "{road}沿线", "本小区门口")


def words_of(matter: ReportedMatter, road: str, number: str, chance: Random) -> str:
    """What somebody writes about it there."""
    ways = _AT[:1] if matter is RISING else _AT
    at = chance.choice(ways).format(road=road, number=number or "1")
    return chance.choice(matter.texts).format(at=at, when=chance.choice(_WHEN))
