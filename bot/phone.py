"""Phone numbers: UK ones to E.164, and how they are shown."""

from __future__ import annotations

import re


class NotANumber(ValueError):
    """The text is not a phone number this service can text."""


def normalise(text: str) -> str:
    """A UK number in E.164 ("07700 900123" → "+447700900123"); other E.164 numbers are kept as they are.

    Raises NotANumber, without the text in its message.
    """
    digits = re.sub(r"[\s().-]", "", text.strip())
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if re.fullmatch(r"0\d{9,10}", digits):
        digits = "+44" + digits[1:]
    elif re.fullmatch(r"44\d{9,10}", digits):
        digits = "+" + digits
    elif re.fullmatch(r"\d{4,6}", digits):
        return digits  # a short code
    digits = re.sub(r"^\+440", "+44", digits)
    if not re.fullmatch(r"\+[1-9]\d{6,14}", digits):
        raise NotANumber("not a phone number")
    return digits


def is_uk_mobile(number: str) -> bool:
    """Whether an E.164 number is a UK mobile (Ofcom: 07 except 070 and 076, which are not mobiles, save 07624)."""
    return bool(re.fullmatch(r"\+447(?:[1-57-9]\d{8}|624\d{6})", number))


def masked(address: str) -> str:
    """What staff see unless they need more: the last three characters."""
    return "*" * 6 + address[-3:] if len(address) > 3 else "***"
