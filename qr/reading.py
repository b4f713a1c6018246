"""Sort what the symbols of a picture say: pick ours, count the others, believe nothing that another host printed."""

from collections.abc import Sequence

from qr.codes import Code
from qr.errors import CodeForeign, CodeUnknown
from qr.payload import Payload
from qr.structs import Reading


def sort_symbols(texts: Sequence[str], payload: Payload, left_out: int = 0) -> Reading:
    """Our codes, each once; how many symbols were foreign, how many ours but misread, and how many were not read."""
    ours: dict[Code, None] = {}
    foreign = broken = 0
    for text in texts:
        try:
            ours[payload.read(text)] = None
        except CodeForeign:
            foreign += 1
        except CodeUnknown:
            broken += 1
    return Reading(codes=list(ours), foreign=foreign, broken=broken, left_out=left_out)
