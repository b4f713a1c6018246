"""The pages of public opinion, for the list of all pages."""

from backend.routes.pages.opinion import case_list, settings, week

OPINION_PAGES = (week.show_week, case_list.show_cases, settings.judge_warning, settings.set_accepted_rate)
