"""Our app by Google's Firebase Cloud Messaging, and through it Apple's APNs, with firebase-admin.

The package loads a hundred modules and takes a second and 40 MB: import it where FCM is set up, and nowhere else.
"""
