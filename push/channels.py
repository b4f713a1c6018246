"""The channels by which a message leaves: the same words in settings, routes, deliveries and gateways."""

from enum import StrEnum


class Channel(StrEnum):
    CONSOLE = "console"
    """The log of the worker: for a laptop."""
    WECOM = "wecom"
    """企业微信 or 政务微信, to members of staff."""
    WECHAT = "wechat"
    """A subscribe message of the mini-program."""
    JPUSH = "jpush"
    """Our app, by an aggregator of the vendors of phones."""
    FCM = "fcm"
    """Our app, by Google's and, through it, Apple's service."""
    SMS = "sms"


APPS = (Channel.JPUSH, Channel.FCM)
"""The channels whose address is a device."""


class Recipient(StrEnum):
    """As what somebody gets a message; the routes differ by it."""

    HANDLER = "handler"
    REPORTER = "reporter"
    VERIFIER = "verifier"
    DESK = "desk"
    SUPERVISOR = "supervisor"
    ESCALATED = "escalated"
    INSPECTOR = "inspector"
    VOLUNTEER = "volunteer"
    """On call for orders to grab. Nobody has to come: whoever wants no such call gets none, however urgent it is."""
