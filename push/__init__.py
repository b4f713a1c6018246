"""The ear: hears facts and tells people. Owns Message, the in-app inbox that every account has.

It gives no orders and imports no service of another room. The vendors (WeChat, WeCom, FCM, SMS) will stand behind
`gateways/`; the inbox is the one that always works.
"""
