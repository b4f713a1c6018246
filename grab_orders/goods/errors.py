"""What stands in the way of an exchange, and of keeping goods."""

from backend.errors import Conflict, Forbidden, NotFound


class GoodsUnknown(NotFound):
    code = "goods-unknown"


class SoldOut(Conflict):
    """Somebody was first with the last piece, or it is not given any more. No points were taken."""

    code = "goods-sold-out"


class StockShort(Conflict):
    """Fewer are there than were to be taken out. `extra`: how many are."""

    code = "stock-short"


class NoVolunteer(Forbidden):
    """Goods are for the volunteers of their area."""

    code = "no-volunteer"


class ExchangeUnknown(NotFound):
    code = "exchange-unknown"


class ExchangeOver(Conflict):
    """It was handed over or cancelled before. `extra`: which."""

    code = "exchange-over"


class OwnExchange(Forbidden):
    """Nobody hands goods over to themselves."""

    code = "own-exchange"
