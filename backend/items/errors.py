from backend.errors import Invalid


class ItemUnknown(Invalid):
    code = "item-unknown"

    def __init__(self, item: str) -> None:
        super().__init__(f"没有编号为 {item} 的事项", f"There is no item {item}", item=item)
