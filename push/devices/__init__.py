"""The phones with our app on which a person is signed in: where messages go by FCM and JPush.

A phone stands under the session of the request that registered it. Nothing goes to it once that session has ended
(`push/sending/claims.py`), and it is forgotten when its vendor says that the app is gone (`push/sending/outcomes.py`).
"""
