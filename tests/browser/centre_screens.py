"""Pictures of the centre's pages on a demo street with a past (`make demo-past`): wall, figures, opinion, campaigns."""

from typing import TYPE_CHECKING

from playwright.sync_api import Page

if TYPE_CHECKING:
    from tests.browser.screens import Walk

WALL = 1920


def walk(at: "Walk") -> None:
    """All of them; what is begun ends again."""
    for part in (figures, campaigns, services, ways_in, emergencies):
        part(at)


def figures(at: "Walk") -> None:
    """The wall at three widths; units, index and roads; an indicator and the town's own; what people begin to say."""
    town = at.phone(who="street_admin")
    town.goto("/board")
    at.both(town, "board")
    _wall(at)
    for name, path in (
        ("evaluation-units", "/evaluation"),
        ("evaluation-index", "/evaluation/index"),
        ("evaluation-roads", "/evaluation/roads"),
        ("indicators", "/indicators"),
        ("indicator", "/indicators/done_on_time_rate"),
        ("opinion", "/opinion"),
    ):
        town.goto(path)
        at.both(town, name)
    town.goto("/own-indicators")
    at.keep(town, "own-indicators-375")
    town.goto("/overview")
    town.click(".nav summary")
    at.keep(town, "menu-375")
    abroad = at.phone(who="street_admin", lang="en")
    abroad.goto("/evaluation")
    at.keep(abroad, "evaluation-units-en-375")
    large = at.phone(who="street_admin", big=True)
    large.goto("/opinion")
    at.keep(large, "opinion-elder-375")


def _wall(at: "Walk") -> None:
    """As it hangs: at 1920 × 1080, as sharp as such a screen is."""
    hung = at.phone(who="street_admin", sharpness=1)
    hung.set_viewport_size({"width": WALL, "height": 1080})
    hung.goto("/board")
    hung.wait_for_timeout(4000)
    at.snap(hung, "board-1920")


def campaigns(at: "Walk") -> None:
    """A campaign that runs: the list, its page, what is covered, records; and what is to be done on a phone."""
    town, inspector = at.phone(who="street_admin"), at.phone(who="inspector")
    town.goto("/campaigns")
    at.keep(town, "campaigns-375")
    town.click("main a[href^='/campaigns/'] >> nth=0")
    at.both(town, "campaign")
    path = town.url.partition("?")[0]
    for name in ("coverage", "records"):
        town.goto(f"{path}/{name}")
        at.both(town, f"campaign-{name}")
    inspector.goto("/checks")
    at.keep(inspector, "checks-375")
    inspector.click("main a[href^='/checks/'] >> nth=0")
    at.keep(inspector, "check-375")


def emergencies(at: "Walk") -> None:
    """One that has ended, with its report; one that is begun, a broadcast, and its receipt on a phone."""
    town, handler = at.phone(who="street_admin"), at.phone(who="handler")
    town.goto("/emergencies")
    at.keep(town, "emergencies-375")
    town.click("main a[href^='/emergencies/']:not([href$=plans]) >> nth=0")
    town.goto(f"{town.url.partition('?')[0].removesuffix('/report')}/report")
    at.both(town, "emergency-report")
    town.goto("/emergencies")
    town.get_by_label("类型与预案").select_option(label="防汛防台 · 防汛防台预案")
    town.locator("label.chip", has_text="Ⅲ级").click()
    town.get_by_label("原因").fill("气象台发布暴雨黄色预警")
    town.get_by_role("button", name="启动", exact=True).click()
    town.wait_for_selector(".emergency-line")
    town.get_by_label("内容").fill("请立即巡查低洼路段,并报告是否安全。")
    town.locator("label.chip", has_text="选一项").click()
    town.get_by_label("选项").fill("安全\n需要支援")
    town.get_by_role("button", name="发送").click()
    town.wait_for_selector("[data-count=people]")
    at.both(town, "broadcast-receipts")
    broadcast = town.url.partition("?")[0].removesuffix("/receipts")
    handler.goto(broadcast)
    at.keep(handler, "broadcast-375")
    town.get_by_role("link", name="应急状态", exact=True).first.click()
    town.get_by_text("结束,转入常态").wait_for()
    at.both(town, "emergency")
    _end(town)


def _end(town: Page) -> None:
    """So that what comes after goes by the usual limits."""
    town.get_by_text("结束,转入常态").click()
    town.get_by_label("结束原因").fill("险情解除")
    town.get_by_role("button", name="结束应急状态").click()
    town.wait_for_selector(".note.good")


def services(at: "Walk") -> None:
    """Lone elders, lifts, questions and their answers, and what a shop's and a lift's code show."""
    committee, town, stranger = at.phone(who="committee"), at.phone(who="street_admin"), at.phone()
    committee.goto("/elders")
    at.both(committee, "elders")
    committee.click("main a[href^='/elders/'] >> nth=0")
    at.keep(committee, "elder-375")
    for name, path in (("lifts", "/lifts"), ("consultations", "/consultations")):
        town.goto(path)
        at.both(town, name)
    for name, path in (("ask", "/ask"), ("answers", "/answers")):
        stranger.goto(path)
        at.keep(stranger, f"{name}-375")
    owned = next(each for each in at.card["shop_owners"] if each["username"] == "shop_owner")
    stranger.goto(f"/q/{owned['code']}/shop")
    at.keep(stranger, "shop-public-375")
    town.goto("/lifts")
    town.click("main a[href^='/lifts/'] >> nth=0")
    at.keep(town, "lift-375")


def ways_in(at: "Walk") -> None:
    """The scanner beside a page, what a gallery shares, what other systems tell."""
    inspector, desk = at.phone(who="inspector"), at.phone(who="dispatcher")
    for name, path in (("scan", "/scan"), ("share", "/share")):
        inspector.goto(path)
        at.keep(inspector, f"{name}-375")
    for name in ("intake", "sources", "sensors", "cameras"):
        desk.goto(f"/desk/{name}")
        at.keep(desk, f"desk-{name}-375")
    desk.goto("/desk?source=hotline")
    at.keep(desk, "desk-hotline-375")
    desk.click("main a[href^='/o/'] >> nth=0")
    at.both(desk, "order-hotline")
