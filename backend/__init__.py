"""The ground floor of Yima: one code on every door, from a scan to a finished order.

Doors: app, worker, cli. Front hall: routes/, wiring. Branches: reports/. Trunk: orders/. Ground: duty/ -> items/ ->
places/ -> accounts/. Cellar: events/, jobs/, geo/. Stones: db, clock, errors, words, structs, config. You may only
walk down the stairs.
"""

import os

VERSION = "0.1.0"

os.environ.setdefault("PICCOLO_CONF", "backend.piccolo_conf")
