"""A piece of SQL about complaints that larger statements are made of. It takes an expression, not a value."""


def was_filed_by(account: str) -> str:
    """Whether this account is a pseudonym under which somebody complained."""
    return f"EXISTS (SELECT FROM shop_complaint c_ WHERE c_.pseudonym_id = {account})"
