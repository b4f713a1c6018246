"""What can go wrong with becoming a volunteer and being one."""

from backend.errors import Conflict, Forbidden, Invalid, NotFound


class IdNumberWrong(Invalid):
    """`text` says what is wrong with it: id-number-form, id-number-check or id-number-birth. Never what was typed."""

    code, text = "id-number-wrong", "id-number-form"


class PersonalNameWrong(Invalid):
    code = "personal-name-wrong"


class MobileNumberWrong(Invalid):
    code = "mobile-number-wrong"


class ConsentMissing(Invalid):
    code = "consent-missing"


class GuardianMissing(Invalid):
    """Whoever is 16 or 17 needs a guardian who agrees."""

    code = "guardian-missing"


class TooYoung(Invalid):
    """`extra`: the least age in years."""

    code = "volunteer-too-young"


class CommitteeUnknown(NotFound):
    code = "committee-unknown"


class AppliedAlready(Conflict):
    """This account waits for a decision or is a volunteer."""

    code = "applied-already"


class IdentityRegistered(Conflict):
    """Somebody with this identity number waits for a decision or is a volunteer, under another account."""

    code = "identity-registered"


class VolunteerUnknown(NotFound):
    code = "volunteer-unknown"


class AlreadyDecided(Conflict):
    code = "application-decided"


class OwnApplication(Forbidden):
    """Nobody decides on the own application, sees the own file as the committee, or ends the own membership so."""

    code = "own-application"


class DetailsCleared(Conflict):
    """Name, number and phones have been deleted: their term is over."""

    code = "volunteer-details-cleared"
