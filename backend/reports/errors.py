from backend.errors import Invalid, NotFound


class PlaceMissing(Invalid):
    code = "place-missing"
    headline_zh, headline_en = "请扫描门牌码或提供位置", "Scan a code or send a position"

    def __init__(self) -> None:
        super().__init__(missing={"code_or_point": 1})


class OutsideJurisdiction(Invalid):
    code = "outside-jurisdiction"
    headline_zh, headline_en = "该位置不在本系统管辖范围内", "This point lies outside the area served here"


class TrackingUnknown(NotFound):
    code = "tracking-unknown"
    headline_zh, headline_en = "没有这个跟踪链接", "There is no such tracking link"
