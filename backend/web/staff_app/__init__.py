"""The pages of staff and volunteers as an app on a phone's home screen: whose it is, and how a phone reads of it."""
