"""微信小程序: messages to people who agreed to them, and what else the mini-program needs of its vendor.

`client.py` speaks with the vendor, `answers.py` says what its answers mean, `access_token.py` gets what lets us in,
`subscribe.py` is the gateway. Nothing of this is loaded unless YIMA_WECHAT_APPID is set.
"""
