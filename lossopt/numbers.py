"""Numbers as people read them; `static/stage/numbers.js` writes them alike."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from numbers import Real

SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
SMALLEST, LARGEST = -4, 1_000_000
"""Power of ten below which, and number from which on, numbers are written as powers."""


def short(value: object, digits: int = 3) -> str:
    """Write a number for people; anything else as it is.

    So many significant digits, rounded half up, but all those before the decimal point: a zero in
    place of a digit would be wrong. Very small and very large numbers are powers of ten. The
    language does not matter: English and Korean group digits in the same way.

    Parameters
    ----------
    value : object
    digits : int
        At least.

    Examples
    --------
    >>> [short(number) for number in (0.1, 9.995, 9.996, 1.125, 12345.6, -2.0, -0.0)]
    ['0.1', '9.99', '10', '1.13', '12,346', '−2', '0']
    >>> [short(number) for number in (1e-4, 1e-5, 2.468e-21, 8.35e6, float("inf"), float("nan"))]
    ['0.0001', '10⁻⁵', '2.47×10⁻²¹', '8.35×10⁶', '∞', '–']
    """
    if isinstance(value, bool) or not isinstance(value, Real):
        return str(value)
    size, sign = abs(float(value)), "−" if value < 0 else ""
    if not math.isfinite(size):
        return "–" if math.isnan(size) else f"{sign}∞"
    rounded = Context(prec=digits, rounding=ROUND_HALF_UP).plus(Decimal(size))
    power = rounded.adjusted()
    if SMALLEST <= power < digits:
        return sign + _plain(rounded)
    whole = Decimal(size).to_integral_value(ROUND_HALF_UP)
    if power >= digits and whole < LARGEST:
        return sign + _plain(whole)
    mantissa = _plain(rounded.scaleb(-power))
    times = "" if mantissa == "1" else f"{mantissa}×"
    return f"{sign}{times}10{str(power).translate(SUPERSCRIPTS)}"


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
