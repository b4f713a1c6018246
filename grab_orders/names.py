"""Names as others may read them. Pure."""


def masked(name: str) -> str:
    """王小明 → 王**: the first character and nothing of the length."""
    first = name.strip()[:1]
    return f"{first}**" if first else "**"
