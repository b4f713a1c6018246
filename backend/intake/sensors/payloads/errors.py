"""What stops the translation of a message."""


class PayloadUnreadable(ValueError):
    """The message is not of the form that its wire has. Its words say what is wrong and repeat none of its content."""
