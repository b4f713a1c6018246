"""What stops an overview of shops."""

from backend.errors import NotFound


class ShopOverviewMissing(NotFound):
    """No area, or not one of the reader's."""

    code = "shop-overview-missing"
