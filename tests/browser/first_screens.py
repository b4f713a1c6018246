"""What each reader does next, by role and state, on which page and by what: the rows of docs/screens/README.md."""

from typing import NamedTuple


class FirstScreen(NamedTuple):
    """`path` names what the scene has in braces; `reader` is who of the scene."""

    reader: str
    state: str
    path: str
    action: str
    selector: str


CAMERA = "label[for=photo-camera]"
STICKY = "#order-action .btn.main"
ROWS = (
    FirstScreen("resident", "at a door without open cases", "/q/{quiet_code}", "take a photo", CAMERA),
    FirstScreen("resident", "at a door with open cases", "/q/{code}", "take a photo", CAMERA),
    FirstScreen("resident", "at a shop's door", "/q/{shop_code}", "take a photo", CAMERA),
    FirstScreen("resident", "without a code", "/here", "use the phone's position", "#locate"),
    FirstScreen("resident", "to rate", "/r/{closed_token}", "to the stars", "a[href='#rate']"),
    FirstScreen("handler", "home, an order to accept", "/work", "open it", ".order"),
    FirstScreen("handler", "to accept", "/o/{dispatched}", "accept", STICKY),
    FirstScreen("handler", "to check in", "/o/{accepted}", "check in", STICKY),
    FirstScreen("handler", "sent back", "/o/{reworked}", "check in again", STICKY),
    FirstScreen("handler", "on site", "/o/{on_site}", "take the photo", f"{STICKY}[data-shoot]"),
    FirstScreen("verifier", "home, the next case", "/verify", "pass", STICKY),
    FirstScreen("verifier", "an order's page", "/o/{handled}", "pass", STICKY),
    FirstScreen("inspector", "home", "/quick-report", "take a photo", CAMERA),
    FirstScreen("inspector", "puts it right", "/self-handling?code={code}", "take the photo", "#next-shot"),
    FirstScreen("dispatcher", "home, orders open", "/desk", "those that are overdue", ".due-filters a"),
    FirstScreen("dispatcher", "a request for more time", "/o/{asking}", "grant it", "#pending-request .chip"),
    FirstScreen("committee", "home", "/committee", "open a case", "main .order, main a.line"),
    FirstScreen("volunteer", "in the hall", "/hall", "grab", "#offers .btn.main"),
    FirstScreen("volunteer", "got an order", "/o/{taken}?done=grab", "check in", STICKY),
    FirstScreen("shop owner", "home", "/shop", "book a pickup", "a.btn.main[href^='/shop/pickup']"),
    FirstScreen("shop owner", "books a pickup", "/shop/pickup", "take a slot", "button[name=slot]"),
    FirstScreen("shop owner", "a finding to answer", "/findings/{finding}", "take a photo", CAMERA),
    FirstScreen("administrator", "home", "/overview", "the open orders", ".figures a"),
)
