"""WeChat Pay v3 by the package wechatpayv3: native payments, whose code the payer scans.

The package builds, signs and verifies. What it lets pass is ours (docs/decisions/0060): amounts that are no whole fen,
notices that are old or come twice, signs of keys that we do not hold.
"""
