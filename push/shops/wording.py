"""What is said of claims and people of shops, in Chinese and English. Pure. Nobody is named in it."""

from push.structs import Wording
from shops.register.events import ShopClaimRefused, ShopFact
from shops.register.structs import ShopRole

OWN_PAGE = "/shop"
_PARTS = {ShopRole.OWNER.value: ("店主", "owner"), ShopRole.STAFF.value: ("店员", "helper")}


def filed(fact: ShopFact, role: str, *, to_owner: bool) -> Wording:
    """To whoever confirms it, the owner or whoever keeps the register: a claim waits."""
    zh, en = _PARTS[role]
    body = (f"有人扫码称是{zh},请核实后办理", f"somebody scanned the code and says to be the {en}: please decide")
    page = _people_page(fact) if to_owner else _register_page(fact)
    return _said(fact, (f"请确认{zh}", f"Please confirm the {en}"), body, page)


def contested(fact: ShopFact) -> Wording:
    """To the street: two say to own a shop."""
    zh = "两人都称是店主,请核实并裁定;裁定前原店主不变"
    en = "two say to own it: please look and decide; until then the owner stays"
    return _said(fact, ("店主认领有争议", "A contested claim"), (zh, en), _register_page(fact))


def contested_for_owner(fact: ShopFact) -> Wording:
    """To the owner whose shop somebody else claims."""
    zh = "有人扫码称是店主,街镇将核实;核实前您仍是店主。若已转让,可在本页移交"
    en = (
        "somebody scanned the code and says to own it; the street will look into it, and until then you are the owner."
        " If you sold the shop, hand it over on this page"
    )
    return _said(fact, ("有人认领您的店铺", "Somebody claims your shop"), (zh, en), _people_page(fact))


def contested_for_claimant(fact: ShopFact) -> Wording:
    """To whoever claims a shop that has an owner."""
    zh = "该店已有店主,街镇将联系双方核实,结果会通知您"
    en = "it has an owner already; the street will ask both of you and tell you what it decides"
    return _said(fact, ("认领已转街镇核实", "Your claim went to the street"), (zh, en), OWN_PAGE)


def granted(fact: ShopFact, role: str) -> Wording:
    """To whoever is one of the shop's people now."""
    zh, en = _PARTS[role]
    body = (f"您已是该店{zh},可在“我的店铺”预约和查看", f"you are its {en} now: see My shop")
    return _said(fact, ("认领成功", "Your claim is granted"), body, OWN_PAGE)


def refused(fact: ShopClaimRefused) -> Wording:
    """To whoever claimed in vain, with the reason."""
    body = (f"理由:{fact.reason}", f"the reason: {fact.reason}")
    return _said(fact, ("认领未通过", "Your claim was refused"), body, OWN_PAGE)


def handed_over(fact: ShopFact, *, is_owner: bool) -> Wording:
    """To the new owner and to the former one."""
    now, no_more = ("您现在是该店店主", "you own the shop now"), ("您不再是该店店主", "you own the shop no more")
    return _said(fact, ("店铺已移交", "A shop was handed over"), now if is_owner else no_more, OWN_PAGE)


def left(fact: ShopFact) -> Wording:
    """To whoever acts for a shop no more."""
    return _said(
        fact,
        ("您已不在该店名单中", "You act for this shop no more"),
        ("如有疑问请联系店主或网格员", "ask the owner or the inspector if this is wrong"),
        OWN_PAGE,
    )


def _register_page(fact: ShopFact) -> str:
    return f"/shops/{fact.subject_id}"


def _people_page(fact: ShopFact) -> str:
    return f"/shop/{fact.subject_id}/people"


def _said(fact: ShopFact, title: tuple[str, str], body: tuple[str, str], path: str) -> Wording:
    return Wording(
        title_zh=f"{title[0]}:{fact.shop_name}",
        title_en=f"{title[1]}: {fact.shop_name}",
        body_zh=body[0],
        body_en=body[1][:1].upper() + body[1][1:],
        path=path,
    )
