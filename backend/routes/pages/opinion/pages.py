"""The pages of public opinion, for the list of all pages."""

from backend.routes.pages.opinion import case_list, matter, settings, week

OPINION_PAGES = (
    week.show_week,
    case_list.show_cases,
    matter.show_matter,
    settings.judge_warning,
    settings.take_up_warning,
    settings.put_warning_aside,
    settings.set_accepted_rate,
)
