"""Whether an order was given more time, as SQL: for clocks of others that stand beside its own."""


def was_given_time(order: str, since: str) -> str:
    """Whether an extension was granted or a suspension ended at or after an instant. Takes expressions, not values."""
    return f"""EXISTS (
        SELECT FROM order_pause w_ WHERE w_.order_id = {order} AND w_.kind IN ('extension', 'suspension')
          AND w_.ends_at >= {since})"""
