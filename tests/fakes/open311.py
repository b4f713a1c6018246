"""Another town's endpoint of GeoReport v2, as strict as the specification: what it does not allow is refused and noted.

It knows nothing of `client_request_id`: what is sent twice is filed twice. It gives tokens, says its errors, keeps its
JSON in a root and knows no pages where it is told so, as servers in the wild do.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl
from xml.etree.ElementTree import Element, SubElement, tostring

from tests.fakes.server import Answer, Asked
from tests.fakes.vendor import Planned, Vendor

KEY, JURISDICTION = "their-key", "elsewhere.example"
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
STATUSES = {
    *("UNCHANGED", "OPEN", "CLOSED", "FIXED", "IN_PROGRESS", "PLANNED", "ACTION_SCHEDULED", "INVESTIGATING"),
    *("DUPLICATE", "NOT_COUNCILS_RESPONSIBILITY", "NO_FURTHER_ACTION", "INTERNAL_REFERRAL", "CANCELLED", "REOPEN"),
}
Row = dict[str, Any]


class Open311Endpoint(Vendor):
    """`form`: what its clients are to ask for. `requests` by their numbers, and `updates` of its own.

    `received`: updates that it was sent, by their numbers.
    """

    def __init__(self, *, form: str = "json", keeps_root: bool = False, **more: Any) -> None:
        self.form, self.keeps_root, self.gives_tokens = form, keeps_root, False
        super().__init__(**more)

    def reset(self) -> None:
        super().reset()
        self.requests: dict[str, Row] = {}
        self.tokens: dict[str, str] = {}
        self.updates: list[Row] = []
        self.received: dict[str, dict[str, str]] = {}

    def add(self, number: str, at: datetime, **more: str) -> None:
        """A request that somebody there made."""
        when = at.strftime("%Y-%m-%dT%H:%M:%SZ")
        row = {"service_request_id": number, "status": "open", "service_code": "PARK", "service_name": "Parking"}
        row |= {"description": f"Nr. {number}", "requested_datetime": when, "updated_datetime": when}
        self.requests[number] = row | {"address": None, "media_url": None, **more}

    def say(self, number: str, status: str, at: datetime, words: str, update_no: str) -> None:
        """What somebody there says of a request."""
        when = at.strftime("%Y-%m-%dT%H:%M:%SZ")
        row = {"update_id": update_no, "service_request_id": number, "status": status, "updated_datetime": when}
        self.updates.append(row | {"description": words, "media_url": ""})
        self.requests[number] |= {"status": "closed" if status == "closed" else "open", "updated_datetime": when}

    def failure(self, planned: Planned) -> Answer:
        return Answer(body=b"<html>down</html>", status=planned.status, content_type="text/html")

    async def answer(self, asked: Asked) -> Answer:
        path, _, suffix = asked.path.removeprefix("/open311/v2/").rpartition(".")
        form = dict(parse_qsl(asked.body.decode(), strict_parsing=True)) if asked.method == "POST" else {}
        if asked.method == "POST" and form.get("api_key") != KEY:
            return self._refused(403, "api_key", suffix)
        if (form or asked.query).get("jurisdiction_id") != JURISDICTION:
            return self._refused(400, "jurisdiction_id", suffix)
        match asked.method, path.split("/"):
            case "POST", ["requests"]:
                return self._file(form, suffix)
            case "POST", ["servicerequestupdates"]:
                return self._take(form, suffix)
            case "GET", ["requests"]:
                return self._list(asked.query, suffix)
            case "GET", ["tokens", token] if token in self.tokens:
                row = {"service_request_id": self.tokens[token], "token": token}
                return self._rows("service_requests", "request", [row], suffix)
            case "GET", ["servicerequestupdates"]:
                return self._told(asked.query, suffix)
        return self._refused(404, path, suffix)

    def _file(self, form: Mapping[str, str], suffix: str) -> Answer:
        missing = [name for name in ("service_code", "lat", "long", "description") if not form.get(name)]
        if missing or not -90 <= float(form["lat"]) <= 90:
            return self._refused(400, ", ".join(missing), suffix)
        number = str(100 + len(self.requests))
        when = datetime.now().astimezone().strftime("%Y-%m-%dT%H:%M:%S%z")
        row = {"service_request_id": number, "status": "open", "service_code": form["service_code"]}
        row |= {"description": form["description"], "media_url": form.get("media_url"), "address": None}
        self.requests[number] = row | {"requested_datetime": f"{when[:-2]}:{when[-2:]}", "service_name": "Parking"}
        said = {"service_request_id": number}
        if self.gives_tokens:
            self.tokens[f"t{number}"] = number
            said = {"token": f"t{number}"}
        return self._rows("service_requests", "request", [{**said, "service_notice": None}], suffix)

    def _take(self, form: Mapping[str, str], suffix: str) -> Answer:
        if form.get("service_request_id") not in self.requests:
            return self._refused(404, "service_request_id", suffix)
        if form.get("status") not in STATUSES or not DATE.fullmatch(form.get("updated_datetime", "")):
            return self._refused(400, "status or updated_datetime", suffix)
        if not form.get("description") or not form.get("update_id"):
            return self._refused(400, "description or update_id", suffix)
        if form["update_id"] in self.received:
            return self._refused(400, "update already exists", suffix)
        self.received[form["update_id"]] = dict(form)
        return self._rows("service_request_updates", "request_update", [{"update_id": form["update_id"]}], suffix)

    def _list(self, query: Mapping[str, str], suffix: str) -> Answer:
        """Whatever the page: the same."""
        if any(name in query and not DATE.fullmatch(query[name]) for name in ("start_date", "end_date")):
            return self._refused(400, "start_date or end_date", suffix)
        numbers = query.get("service_request_id", "").split(",")
        found = [row for row in self.requests.values() if numbers == [""] or row["service_request_id"] in numbers]
        return self._rows("service_requests", "request", found, suffix)

    def _told(self, query: Mapping[str, str], suffix: str) -> Answer:
        if not DATE.fullmatch(query.get("start_date", "")) or not DATE.fullmatch(query.get("end_date", "")):
            return self._refused(400, "both dates or none", suffix)
        return self._rows("service_request_updates", "request_update", self.updates, suffix)

    def _refused(self, status: int, about: str, suffix: str) -> Answer:
        rows = [{"code": str(status), "description": about}]
        return self._rows("errors", "error", rows, suffix, status)

    def _rows(self, root: str, name: str, rows: list[Row], suffix: str, status: int = 200) -> Answer:
        if suffix == "json":
            said = {root: rows} if self.keeps_root else rows
            return Answer(body=json.dumps(said).encode(), status=status)
        whole = Element(root)
        for row in rows:
            element = SubElement(whole, name)
            for key, value in row.items():
                SubElement(element, key).text = value
        return Answer(body=tostring(whole, "utf-8", xml_declaration=True), status=status, content_type="text/xml")
