"""The pages of lifts, for the list of all pages."""

from backend.routes.pages.lifts import cabin, importing, register

LIFT_PAGES = (
    cabin.show_lift_cabin,
    cabin.report_trapped,
    register.show_lifts,
    register.add_lift,
    register.show_lift,
    register.correct_lift,
    register.note_lift_maintenance,
    importing.show_lift_import,
    importing.get_lift_template,
    importing.preview_lift_import,
    importing.store_lift_import,
)
