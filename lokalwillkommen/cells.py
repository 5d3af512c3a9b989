"""Texts as cells of a table: none begins like a formula, and what comes back is the text again. Pure: no Django.

Spreadsheets run what begins with one of these signs (https://owasp.org/www-community/attacks/CSV_Injection).
"""

_FORMULA = "=+-@\t\r\n"
_GUARD = "'"


def to_cell(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula; one that begins like a guarded one is guarded too."""
    return _GUARD + text if text.startswith(tuple(_FORMULA)) or _is_guarded(text) else text


def from_cell(cell: str) -> str:
    """Give the text of a cell."""
    return cell.removeprefix(_GUARD) if _is_guarded(cell) else cell


def _is_guarded(cell: str) -> bool:
    bare = cell.lstrip(_GUARD)
    return bare != cell and bare.startswith(tuple(_FORMULA))
