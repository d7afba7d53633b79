"""Phone numbers: one form for each, whatever was typed, and none of them in an error message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import phone


@pytest.mark.parametrize("typed", [
    "07700900123", "07700 900123", "07700 900 123", "(07700) 900-123", "+447700900123", "+44 7700 900123",
    "00447700900123", "447700900123", "+44 (0)7700 900123", "+4407700900123", " 07700.900.123 ",
])  # fmt: skip
def test_one_number_one_form(typed):
    assert phone.normalise(typed) == "+447700900123"


@pytest.mark.parametrize(("typed", "kept"), [
    ("0141 496 0000", "+441414960000"), ("+353 1 234 5678", "+35312345678"), ("85258", "85258"), ("0800 1111", None),
    ("01onefour", None), ("", None), ("+", None), ("077009001234567890", None), ("hello", None),
    ("++447700900123", None),
])  # fmt: skip
def test_other_numbers(typed, kept):
    if kept is None:
        with pytest.raises(phone.NotANumber):
            phone.normalise(typed)
    else:
        assert phone.normalise(typed) == kept


def test_the_error_does_not_repeat_the_number():
    with pytest.raises(phone.NotANumber) as error:
        phone.normalise("0770090012")
        phone.normalise("07700 900123 call me")
    assert "900" not in str(error.value)


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing(text):
    try:
        once = phone.normalise(text)
    except phone.NotANumber:
        return
    assert phone.normalise(once) == once


@pytest.mark.parametrize(("number", "mobile"), [
    ("+447700900123", True), ("+447624123456", True), ("+447600123456", False), ("+447012345678", False),
    ("+441414960000", False), ("+35385123456", False), ("85258", False), ("+4477009001234", False),
])  # fmt: skip
def test_uk_mobiles(number, mobile):
    assert phone.is_uk_mobile(number) is mobile


@pytest.mark.parametrize(("address", "shown"), [("+447700900123", "******123"), ("1001", "******001"), ("12", "***")])
def test_masked(address, shown):
    assert phone.masked(address) == shown
