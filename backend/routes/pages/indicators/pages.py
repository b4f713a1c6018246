"""The pages of indicators, for the list of all pages."""

from backend.routes.pages.indicators import indicator_list, indicator_page, own_indicators, source_rows

INDICATOR_PAGES = (
    indicator_list.show_indicators,
    indicator_page.show_indicator,
    indicator_page.export_figures,
    source_rows.show_source_rows,
    own_indicators.show_own,
    own_indicators.set_own,
    own_indicators.retire_own,
)
