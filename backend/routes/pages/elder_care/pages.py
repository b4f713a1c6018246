"""The pages of elder care, for the list of all pages."""

from backend.routes.pages.elder_care import day, elder, importing

ELDER_CARE_PAGES = (
    day.show_elders,
    day.add_elder,
    day.record_visit,
    elder.show_elder,
    elder.open_elder,
    elder.renew_elder,
    elder.assign_visitor,
    elder.relieve_visitor,
    elder.pause_elder,
    elder.end_elder,
    importing.show_elder_import,
    importing.get_elder_template,
    importing.preview_elder_import,
    importing.store_elder_import,
)
