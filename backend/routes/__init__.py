"""All HTTP: the JSON API (api/all_resources.py), the pages (pages/all_pages.py), styles and scripts (http/static.py).

Each has its own list. `actions` has no routes: it is what api and pages share.
"""

from backend.routes.api.all_resources import RESOURCES
from backend.routes.http.static import ASSETS
from backend.routes.pages.all_pages import PAGES

ROUTERS = [*RESOURCES, *PAGES, *ASSETS]
