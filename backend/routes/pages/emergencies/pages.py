"""The pages about emergencies, for the list of all pages."""

from backend.routes.pages.emergencies import (
    answering,
    command,
    emergency_list,
    group_page,
    plan_page,
    preparations,
    receipts,
    report,
    speaking,
)

EMERGENCY_PAGES = (
    emergency_list.show_emergencies,
    emergency_list.begin_emergency,
    preparations.show_preparations,
    plan_page.show_plan,
    plan_page.save_plan,
    group_page.show_group,
    group_page.save_group,
    command.show_emergency,
    speaking.set_emergency_level,
    speaking.end_emergency,
    speaking.send_broadcast,
    speaking.note_situation,
    answering.show_broadcast,
    answering.answer_broadcast,
    receipts.show_receipts,
    receipts.open_silent_number,
    report.show_emergency_report,
    report.download_emergency_report,
)
