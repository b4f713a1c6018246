"""Our app by Google's Firebase Cloud Messaging, and through it Apple's APNs, with firebase-admin.

The package brings five hundred modules and 40 MB: `gateway.py` is imported where FCM is set up, and nowhere else.
"""
