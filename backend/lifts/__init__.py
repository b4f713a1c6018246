"""电梯: which lift stands at a place, who maintains it, and when it is to be inspected and maintained next.

A lift is a place of ours with a code, and what befalls it is an order: this package owns the days. Calls orders.
"""
