"""What a job may raise to say that it is not to blame."""

from datetime import timedelta


class TryLater(Exception):
    """The job cannot be done now, through no fault of its own: run it again later, at no cost of an attempt.

    `after` is the least pause; it grows while the job keeps saying so. Any `backend.errors.Unavailable` says the same.
    """

    def __init__(self, reason: str, after: timedelta = timedelta(seconds=1)) -> None:
        super().__init__(reason)
        self.after = after
