"""Money: read from a cell, and said to people. Kept in minor units (cents) with its currency."""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from survey.customers.rules.cells import Unreadable, is_blank
from survey.foundation.language import gettext as _
from survey.foundation.language import number_words

LIMIT = 10**15
MINUS = "\N{MINUS SIGN}"
SYMBOLS: Mapping[str, str] = {
    "EUR": "€",
    "USD": "$",
    "GBP": "£",
    "JPY": "¥",
    "INR": "₹",
    "KRW": "₩",
    "ILS": "₪",
    "NGN": "₦",
    "TRY": "₺",
}
# ISO 4217: how many decimals, where they are not two.
DECIMALS: Mapping[str, int] = {
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0, "VND": 0,
    "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0, "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}  # fmt: skip
AMOUNT = re.compile(
    r"([-+(]?)(?:[A-Z]{3}|[^\w\s.,()+-])? ?([-+]?)((?=[.,]?[0-9])[0-9., ’']+)(?:[A-Z]{3}|[^\w\s.,()+-])?(\)?)(-?)"
)
# Thousands are parted by points or commas; commas may stand Indian style (1,23,456).
WHOLE = re.compile(r"[0-9]*|[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}")
CODE = re.compile(r"[A-Z]{3}")


def minor_units(text: str, currency: str = "EUR") -> int:
    """Return an amount such as “1,234.50”, “$65.6”, “-4”, “(4.00)” or “1.234,50 €” in minor units.

    Of two kinds of separators the last is the decimal one; a lone comma before three digits parts thousands.
    Raises Unreadable for anything else. Halves round away from zero.
    """
    found = AMOUNT.fullmatch(" ".join(text.split()).replace(MINUS, "-").upper())
    signs = "".join(filter(None, found.group(1, 2, 5))) if found else ""
    if not found or len(signs) > 1 or ("(" in found[1]) != bool(found[4]):
        raise Unreadable(_("“%(text)s” is not an amount of money", text=text.strip()[:60]))
    is_negative = signs in ("(", "-")
    minor = _scaled(_decimal(found[3], text), currency)
    return -minor if is_negative else minor


def _scaled(amount: Decimal, currency: str) -> int:
    minor = int((amount * 10 ** DECIMALS.get(currency, 2)).quantize(Decimal(1), ROUND_HALF_UP))
    if minor > LIMIT:
        raise Unreadable(_("this amount is larger than we can keep"))
    return minor


def _decimal(digits: str, text: str) -> Decimal:
    plain = re.sub(r"[ ’']", "", digits)
    if len(plain) > 30:
        raise Unreadable(_("this amount is larger than we can keep"))
    separators = [character for character in plain if character in ".,"]
    kinds = set(separators)
    mark = separators[-1] if len(kinds) == 2 or (len(separators) == 1 and _is_decimal(plain)) else ""
    whole, _mark, part = plain.rpartition(mark) if mark else (plain, "", "")
    if not WHOLE.fullmatch(whole) or (mark and mark in whole):
        raise Unreadable(_("“%(text)s” is not an amount of money", text=text.strip()[:60]))
    return Decimal(f"{re.sub('[.,]', '', whole) or '0'}.{part or '0'}")


def _is_decimal(plain: str) -> bool:
    """A point always is; a comma is, unless exactly three digits follow it."""
    return "." in plain or len(plain.rpartition(",")[2]) != 3


def currency_code(text: str) -> str | None:
    """Return a currency as its three letters; None for a blank cell."""
    if is_blank(text):
        return None
    code = text.strip().upper()
    known = {symbol: code for code, symbol in SYMBOLS.items()}
    if code in known or CODE.fullmatch(code):
        return known.get(code, code)
    raise Unreadable(_("“%(text)s” is not a currency such as EUR", text=text.strip()[:60]))


def money_words(minor: int, currency: str | None, *, is_short: bool = False) -> str:
    """“€1,234.50”, “CHF 80.00”, “−$4.00”; with is_short whole units, but for less than one: “$3,684,460”."""
    decimals = DECIMALS.get(currency or "", 2)
    amount = Decimal(abs(minor)).scaleb(-decimals)
    if is_short and amount >= 1:
        decimals, amount = 0, amount.quantize(Decimal(1), ROUND_HALF_UP)
    symbol = SYMBOLS.get(currency or "", f"{currency} " if currency else "")
    words = number_words(float(amount), places=decimals)
    said = _("%(symbol)s%(amount)s", symbol=symbol, amount=words).strip()
    return f"{MINUS if minor < 0 else ''}{said}"
