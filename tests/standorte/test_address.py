"""Phone numbers and dates known only in part."""

import pytest

from standorte.address import is_phone, partial_date, tel_uri


@pytest.mark.parametrize(
    "number",
    ["0231 50-28705", "0231 50-11148", "0231/123456", "02304 12 34 56", "0151 23456789", "0231-123456"],
)
def test_a_german_number_with_its_area_code_is_a_phone(number: str) -> None:
    assert is_phone(number) is True


@pytest.mark.parametrize(
    "number",
    [
        *("", "50-28705", "+49 231 5028705", "00 231 123456", "0231", "0231 50-", "0231 50-28705 "),
        *("0231 ruf an", "0231 50-28705\n", "0231 50 28705 oder 50 28706", "٠٢٣١ ٥٠٢٨٧٠٥"),
    ],
)
def test_what_nobody_could_dial_is_no_phone(number: str) -> None:
    assert is_phone(number) is False


def test_a_phone_dials_with_the_country_code_and_digits_only() -> None:
    assert [tel_uri(number) for number in ("0231 50-28705", "0231/123456")] == ["tel:+492315028705", "tel:+49231123456"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018", (2018, None, None)),
        ("2018-02", (2018, 2, None)),
        ("2018-02-09", (2018, 2, 9)),
        ("2024-02-29", (2024, 2, 29)),
        ("2023-02-29", None),
        ("2018-13", None),
        ("2018-00", None),
        ("2018-02-00", None),
        ("0000", None),
        ("ca. 2018", None),
        ("2018/2019", None),
        ("2018-2", None),
        ("09.02.2018", None),
        ("٢٠١٨", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_far_as_it_is_known(text: str, expected: tuple[int, int | None, int | None] | None) -> None:
    assert partial_date(text) == expected
