"""Notifications: facts become messages to people. Owns Message, the in-app inbox that every account has.

It gives no orders and imports no service of another package. The vendors (WeChat, WeCom, FCM, SMS) will stand behind
`gateways/`, as jobs; the inbox is the one that always works.
"""
