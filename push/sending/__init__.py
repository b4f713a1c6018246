"""Deliveries on their way: claimed from the table, sent through a gateway, and what came of it written back.

A claim is a transaction of its own and counts the attempt before anything is sent, so that a message on which the
worker dies is given up in the end. A claim that was never answered for (the worker was killed) is taken over when it
runs out: sent again under the same delivery id where the vendor tells repeats, and otherwise never again.
"""
