"""What can go wrong with who somebody is."""

from backend.errors import Conflict, Forbidden, Gone, Invalid, NotFound, TooMany, Unauthorised


class SignInRefused(Unauthorised):
    """Unknown, wrong and inactive are answered alike, so that nobody can find out who exists."""

    code = "sign-in-refused"


class SignInsSlowed(TooMany):
    """Said of a name that nobody has as well."""

    code = "sign-ins-slowed"


class SessionEnded(Unauthorised):
    code = "session-ended"


class SessionWasGiven(Forbidden):
    """A session that came by a hand-over gives none on: it ends with the one that gave it."""

    code = "session-was-given"


class LinkSpent(Gone):
    """It served before, is too old, was never one of ours, or whoever made it has signed out since."""

    code = "link-spent"


class MergeRequestUnknown(NotFound):
    """No phone waits under this number by a link of this account."""

    code = "merge-request-unknown"


class TooManyMergeRequests(Conflict):
    """More phones opened this link than one person has."""

    code = "too-many-merge-requests"


class MergeOfStaff(Forbidden):
    """Only phones and browsers of residents become one. Whoever has a password signs in with it everywhere."""

    code = "merge-of-staff"


class AccessTokenRefused(Unauthorised):
    code = "access-token-refused"


class AccessTokenExpired(Unauthorised):
    code = "access-token-expired"


class UsernameTaken(Conflict):
    code = "username-taken"


class UsernameInvalid(Invalid):
    code = "username-invalid"


class StaffGone(Conflict):
    """Nobody comes back by a file or a new password: whoever does gets a new username."""

    code = "staff-gone"


class PasswordNeeded(Forbidden):
    """Somebody of the staff came by another system, which says who holds the phone and nothing more."""

    code = "password-needed"


class IdentityTaken(Conflict):
    code = "identity-taken"


class WeakPassword(Invalid):
    code = "weak-password"


class AccountUnknown(NotFound):
    code = "account-unknown"


class IdentityUnknown(Unauthorised):
    """Another system says who it is, and nobody here is linked to that. Nobody is made staff by it."""

    code = "identity-unknown"


class IdentityOfAnother(Conflict):
    """Somebody else is linked to it."""

    code = "identity-of-another"
