"""The symbol of any address, such as a committee's invitation: drawn once, to be printed by whoever looks after it."""

from qr.symbols import Symbol


def symbol_of(text: str) -> Symbol:
    """As small as the text allows, at level M. Raises ValueError for a text that no symbol holds."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.exceptions import DataOverflowError
    from qrcode.main import QRCode

    drawing = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    drawing.add_data(text)
    try:
        drawing.make(fit=True)
    except DataOverflowError as error:
        raise ValueError("no symbol holds so much") from error
    rows = drawing.modules
    return Symbol(len(rows), int("".join("1" if dark else "0" for row in rows for dark in row), 2))
