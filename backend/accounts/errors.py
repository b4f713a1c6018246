"""What can go wrong with who somebody is."""

from backend.errors import Conflict, Invalid, NotFound, TooMany, Unauthorised


class SignInRefused(Unauthorised):
    """Unknown, wrong and inactive are answered alike, so that nobody can find out who exists."""

    code = "sign-in-refused"
    headline_zh = "用户名或密码不正确;连续输错5次后,每次重试须等待更久"
    headline_en = "The username or password is wrong; after five failures each further try has to wait longer"


class SignInsSlowed(TooMany):
    """Said of a name that nobody has as well."""

    code = "sign-ins-slowed"
    headline_zh = "连续输错次数过多,请稍后再试;也可请管理员解除等待"
    headline_en = "Too many wrong passwords from here: try again a little later, or ask the administrator to unlock it"


class SessionEnded(Unauthorised):
    code = "session-ended"
    headline_zh, headline_en = "登录已失效,请重新登录", "The session has ended, please sign in again"


class AccessTokenRefused(Unauthorised):
    code = "access-token-refused"
    headline_zh, headline_en = "访问令牌无效", "The access token is not valid"


class AccessTokenExpired(Unauthorised):
    code = "access-token-expired"
    headline_zh, headline_en = "访问令牌已过期,请刷新", "The access token has expired, please refresh it"


class UsernameTaken(Conflict):
    code = "username-taken"
    headline_zh, headline_en = "用户名已被使用", "The username is taken"


class UsernameInvalid(Invalid):
    code = "username-invalid"
    headline_zh = "用户名须为2至60位小写字母、数字、点、下划线或连字符,以字母或数字开头"
    headline_en = "A username has 2 to 60 lower case letters, digits, dots, hyphens or underscores, no sign first"


class StaffGone(Conflict):
    """Nobody comes back by a file or a new password: whoever does gets a new username."""

    code = "staff-gone"
    headline_zh, headline_en = "此人已离岗", "This person has left"


class WeakPassword(Invalid):
    code = "weak-password"
    headline_zh = "密码至少12位,且包含大写字母、小写字母、数字、符号中的三类,不得含用户名"
    headline_en = (
        "A password has at least 12 characters of three kinds (upper case, lower case, digits, others) "
        "and does not contain the username"
    )


class AccountUnknown(NotFound):
    code = "account-unknown"
    headline_zh, headline_en = "账号不存在", "There is no such account"
