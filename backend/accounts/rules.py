"""Pure questions about people: is this a username."""

import re

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


def is_username(text: str) -> bool:
    return _USERNAME.fullmatch(text) is not None
