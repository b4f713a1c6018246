"""Check lists of the demo street: what four departments look at in a shop, on a legal basis that there is.

They are samples, and say so wherever they are used: which article a point rests on, what it takes and how long there is
to mend it is for each department to check. Theirs come with `yima checklists load`.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from backend.accounts import queries as people
from backend.accounts.structs import Role
from backend.demo.ground import TOWN_CODE
from backend.demo.register import featured_shops
from backend.structs import IdempotencyKey
from shops.inspections import inspecting, queries
from shops.inspections.checklists import NewChecklist, NewPoint, add_checklist
from shops.inspections.errors import InspectionKeyUsed
from shops.inspections.structs import Department, NewInspection
from shops.register.structs import ShopState

_DAY, _THREE_DAYS, _WEEK = 24, 72, 168
_DAYS_AGO = (1, 3, 6, 10, 13, 15, 17, 20)
"""When shops were checked: those of more than fourteen days ago are due again, at grade A."""

CITY_MANAGEMENT = (
    NewPoint(
        "跨门经营、占道堆物", "Trading or storing beyond the door", "城市市容和环境卫生管理条例第十四条", 10, _DAY
    ),
    NewPoint("未分类投放生活垃圾", "Waste is not sorted", "上海市生活垃圾管理条例第二十四条", 10, _DAY),
    NewPoint("招牌松动或未按规定设置", "The sign is loose or not as allowed", "上海市户外招牌设置管理办法", 10, _WEEK),
    NewPoint(
        "在橱窗、墙面、树木上乱张贴", "Bills on walls or trees", "城市市容和环境卫生管理条例第十七条", 5, _THREE_DAYS
    ),
    NewPoint("用高音喇叭反复招揽", "Loudspeakers call for customers", "噪声污染防治法第六十三条", 5, _DAY),
    NewPoint("餐饮油烟未净化排放", "Fumes leave uncleaned", "大气污染防治法第八十一条", 15, _WEEK),
    NewPoint("装修垃圾未袋装、未定点堆放", "Renovation waste lies about", "上海市建筑垃圾处理管理规定", 10, _DAY),
)
MARKET_SUPERVISION = (
    NewPoint("许可证未公示或已过期", "The food licence is not shown or out of date", "食品安全法第三十五条", 15, _WEEK),
    NewPoint("销售超过保质期的食品", "Food is sold past its date", "食品安全法第三十四条", 30, _DAY, is_p0=True),
    NewPoint("进货未查验、未留存凭证", "No records of what was bought in", "食品安全法第五十三条", 10, _WEEK),
    NewPoint("从业人员无有效健康证明", "Staff without a health certificate", "食品安全法第四十五条", 10, _THREE_DAYS),
    NewPoint("餐具未清洗消毒", "Dishes are not disinfected", "食品安全法第五十六条", 15, _DAY),
    NewPoint("未明码标价", "No prices are shown", "价格法第十三条", 5, _THREE_DAYS),
    NewPoint(
        "未设不向未成年人售烟酒标志", "No sign about the sale to minors", "未成年人保护法第五十九条", 10, _THREE_DAYS
    ),
    NewPoint("销售侵犯注册商标的商品", "Counterfeit goods are sold", "商标法第五十七条", 30, _DAY, is_p0=True),
)
FIRE = (
    NewPoint("灭火器缺失、失压或过期", "Extinguishers missing, empty or too old", "消防法第十六条", 10, _THREE_DAYS),
    NewPoint("占用、堵塞疏散通道或安全出口", "Ways out are blocked", "消防法第二十八条", 30, _DAY, is_p0=True),
    NewPoint("门窗设置影响逃生的障碍物", "Bars or boards stop people from getting out", "消防法第二十八条", 20, _WEEK),
    NewPoint("占用消防车通道", "The way for fire engines is blocked", "消防法第二十八条", 20, _DAY),
    NewPoint("电线乱拉乱接", "Wires are laid as they should not be", "消防法第二十七条", 10, _THREE_DAYS),
    NewPoint(
        "室内停放电动自行车或充电",
        "E-bikes stand or charge indoors",
        "上海市非机动车安全管理条例",
        20,
        _DAY,
        is_p0=True,
    ),
    NewPoint("未安装可燃气体报警装置", "No gas alarm", "安全生产法第三十六条", 20, _WEEK),
)
GREENING = (
    NewPoint("门前责任区不整洁", "The ground before the shop is not kept clean", "上海市市容环境卫生管理条例", 5, _DAY),
    NewPoint("门前责任区有占绿、毁绿", "Greens are taken up or spoilt", "上海市绿化条例", 10, _WEEK),
    NewPoint("在树木上钉挂、倾倒污水", "Trees are nailed, or get waste water", "上海市绿化条例", 10, _THREE_DAYS),
    NewPoint(
        "餐厨垃圾未交有资质单位收运", "Kitchen waste goes to nobody licensed", "上海市餐厨垃圾处理管理办法", 15, _WEEK
    ),
    NewPoint(
        "废弃油脂无收运合同或台账", "No contract or record for waste oil", "上海市餐厨废弃油脂处理管理办法", 15, _WEEK
    ),
    NewPoint(
        "垃圾容器破损、满溢、不分类", "Bins are broken, overflow or are not sorted", "上海市生活垃圾管理条例", 5, _DAY
    ),
)
_LISTS = (
    (Department.CITY_MANAGEMENT, "city-daily", "沿街商户市容检查", "Street front", CITY_MANAGEMENT),
    (Department.MARKET_SUPERVISION, "market-daily", "食品与经营秩序检查", "Food and trade", MARKET_SUPERVISION),
    (Department.FIRE, "fire-daily", "消防安全日常检查", "Fire safety", FIRE),
    (Department.GREENING, "greening-daily", "绿化市容检查", "Greens and waste", GREENING),
)


async def load_checklists(now: datetime) -> None:
    """The four lists of the town, once."""
    for department, code, zh, en, points in _LISTS:
        named = {"name_zh": zh, "name_en": en, "is_sample": True}
        made = NewChecklist(area_code=TOWN_CODE, department=department, code=code, points=points, **named)
        await add_checklist(made, now)


async def load_inspections(now: datetime) -> None:
    """Some shops were checked by the street already, and all was in order: once."""
    inspector_id = await people.find_account_id(Role.INSPECTOR.value)
    assert inspector_id is not None
    inspector = await people.get_actor(inspector_id)
    samples = [each for each in await queries.list_checklists(TOWN_CODE) if each.is_sample]
    for shop in await featured_shops() if samples else []:
        if shop.state is ShopState.OPEN and shop.id % 2:
            made = NewInspection(client_id=IdempotencyKey(f"demo-check-{shop.id}"), checklist_id=samples[0].id)
            at = now - timedelta(days=_DAYS_AGO[shop.id // 2 % len(_DAYS_AGO)])
            with suppress(InspectionKeyUsed):  # made by a list that another one has followed since
                await inspecting.inspect(shop.id, made, inspector, at)
