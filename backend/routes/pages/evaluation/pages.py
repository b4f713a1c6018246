"""The pages of evaluation, for the list of all pages."""

from backend.routes.pages.evaluation import (
    appeal_pages,
    index_page,
    own_page,
    people_page,
    road_page,
    setting_page,
    unit_page,
)

EVALUATION_PAGES = (
    unit_page.show_units,
    index_page.show_index,
    *(road_page.show_roads, road_page.export_roads, road_page.print_roads, road_page.set_subscription),
    *(people_page.show_people, people_page.show_person, own_page.show_own_scores),
    *(appeal_pages.show_appeals, appeal_pages.show_new_appeal, appeal_pages.make_appeal),
    *(appeal_pages.show_appeal, appeal_pages.decide_appeal),
    *(setting_page.show_settings, setting_page.save_settings),
)
