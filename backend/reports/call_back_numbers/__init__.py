"""回访电话: a reporter leaves a number to be called back, or says no; whoever calls opens it, which is written down.

Owns CallBackNumber and CallBackOpening. Whom to call about what is the desk's list (backend.orders.desk.calls).
"""
