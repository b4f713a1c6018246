"""企业微信 (WeCom) and its government build 政务微信: cards with buttons to members of staff, and signing in."""
