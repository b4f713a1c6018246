"""What stops somebody in the register of shops."""

from backend.errors import NotFound


class ShopNotFound(NotFound):
    code = "shop-not-found"
