"""Signed webhooks out: a source that asked for them is told what becomes of what it told, in order and once by id.

Owns WebhookEndpoint, WebhookDelivery.
"""
