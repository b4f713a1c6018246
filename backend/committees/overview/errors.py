from backend.errors import NotFound


class OverviewMissing(NotFound):
    """The reader has no areas with figures, or this one is not among them."""

    code = "overview-missing"
