"""All HTTP: the JSON API (api/all_resources.py) and the pages (pages/all_pages.py), each with its own list."""

from backend.routes.api.all_resources import RESOURCES
from backend.routes.pages.all_pages import PAGES

ROUTERS = [*RESOURCES, *PAGES]
