from backend.errors import Invalid


class AreaPrefixInvalid(Invalid):
    code = "area-prefix-invalid"


class WindowInvalid(Invalid):
    code = "window-invalid"


class ModeEndsEarly(Invalid):
    code = "mode-ends-early"
