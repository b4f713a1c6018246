"""The pages of evaluation, for the list of all pages."""

from backend.routes.pages.evaluation import index_page, road_page, unit_page

EVALUATION_PAGES = (unit_page.show_units, index_page.show_index, road_page.show_roads, road_page.export_roads)
