"""Phone numbers and dates known only in part. Pure: no Django."""

import re
from datetime import date

_PHONE = re.compile(r"0[1-9][0-9]{1,4}[ /-]?[0-9][0-9 -]{2,14}[0-9]")
_PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def is_phone(number: str) -> bool:
    """Tell whether a number is a German one as people write it: area code first, "0231 50-11148"."""
    return bool(_PHONE.fullmatch(number))


def tel_uri(number: str) -> str:
    """Give the address a phone can dial (RFC 3966), with the country code of Germany."""
    digits = re.sub(r"\D", "", number)
    return f"tel:+49{digits.removeprefix('0')}"


def partial_date(text: str) -> tuple[int, int | None, int | None] | None:
    """Read "2018", "2018-02" or "2018-02-09" (ISO 8601, reduced precision) as year, month, day.

    Anything else, an impossible day included, gives None.
    """
    match = _PARTIAL_DATE.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return (year or 0, month, day)
