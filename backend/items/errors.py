from backend.errors import Invalid


class ItemUnknown(Invalid):
    code = "item-unknown"

    def __init__(self, item: str) -> None:
        super().__init__(item=item)
