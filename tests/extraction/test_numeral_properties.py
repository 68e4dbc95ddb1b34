"""Numbers are given back as they were written: mixed, grouped, scaled, negative, in ranges; ordinals count nothing."""

from decimal import Decimal
from fractions import Fraction
from functools import cache

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from extraction import Claim, Extractor, Shape, SourceArticle, load

_SMALL = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
_SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_INDIAN = {"lakh": 10**5, "crore": 10**7, "lakh crore": 10**12}
_PARTS = {"half": Fraction(1, 2), "third": Fraction(1, 3), "quarter": Fraction(1, 4), "fifth": Fraction(1, 5)}
_VULGAR = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅛": Fraction(1, 8), "⅗": Fraction(3, 5)}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_MONEY = st.sampled_from([("£", "GBP"), ("€", "EUR"), ("NZ$", "NZD"), ("US$", "USD"), ("R", "ZAR"), ("₹", "INR")])
_DECIMALS = st.decimals(min_value=Decimal("0.1"), max_value=999, places=1)


@cache
def _extractor() -> Extractor:
    return load()


def _claims(text: str) -> list[Claim]:
    return _extractor().extract(SourceArticle(text))


def _only(text: str) -> Claim:
    found = _claims(text)
    assert len(found) == 1, (text, [claim.text for claim in found])
    return found[0]


def _close(value: Decimal | None, wanted: Fraction, scale: int = 1) -> bool:
    """A third is 0.333333: six decimals of what is scaled."""
    return value is not None and abs(Fraction(value) - wanted) <= Fraction(scale, 10**6)


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 900), st.integers(1, 15), st.integers(2, 16))
def test_mixed_numbers_in_digits(whole: int, top: int, bottom: int) -> None:
    assume(top < bottom)
    claim = _only(f"The plank is {whole} {top}/{bottom} inches long.")
    assert claim.unit == "inch"
    assert _close(claim.value, whole + Fraction(top, bottom))


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 900), st.sampled_from(sorted(_VULGAR)), st.sampled_from(["", " "]))
def test_mixed_numbers_with_a_fraction_sign(whole: int, sign: str, space: str) -> None:
    claim = _only(f"The sail is {whole}{space}{sign} metres high.")
    assert claim.unit == "meter"
    assert _close(claim.value, whole + _VULGAR[sign])


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 15), st.sampled_from(sorted(_PARTS)), st.booleans(), st.booleans())
def test_wholes_and_a_part(whole: int, part: str, hyphens: bool, digits: bool) -> None:
    number = str(whole) if digits else _SMALL[whole - 1]
    words = f"{number}-and-a-{part}" if hyphens else f"{number} and a {part}"
    claim = _only(f"The repair took {words} hours.")
    assert claim.unit == "hour"
    assert _close(claim.value, whole + _PARTS[part])


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 15), st.sampled_from(["half", "quarter"]), st.sampled_from(["million", "billion"]))
def test_wholes_and_a_part_of_a_magnitude(whole: int, part: str, scale: str) -> None:
    claim = _only(f"The fair drew {_SMALL[whole - 1]} and a {part} {scale} visitors.")
    assert claim.value == (whole + _PARTS[part]) * _SCALES[scale]
    assert claim.unit == "visitor"


@settings(max_examples=50, deadline=None)
@given(_DECIMALS, st.sampled_from(sorted(_SCALES | _INDIAN)), st.sampled_from(["", "£", "€", "₹"]))
def test_decimals_with_magnitudes(number: Decimal, scale: str, sign: str) -> None:
    assume(scale != "hundred" or number < 10)
    claim = _only(f"The dam cost {sign}{number} {scale} {'' if sign else 'euros '}in all.")
    assert claim.value == number * (_SCALES | _INDIAN)[scale]


@settings(max_examples=40, deadline=None)
@given(st.integers(1_000, 10**12))
def test_indian_grouping(number: int) -> None:
    head, tail = str(number)[:-3], str(number)[-3:]
    pairs = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)][::-1]
    assert _only(f"The dam cost Rs {','.join([*pairs, tail])} in all.").value == number


@settings(max_examples=40, deadline=None)
@given(st.integers(1_000, 10**12), st.sampled_from("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE} "))
def test_thousands_with_spaces(number: int, space: str) -> None:
    claim = _only(f"The dam cost €{number:,} in all.".replace(",", space))
    assert claim.unit == "EUR"
    assert claim.value == number


@settings(max_examples=40, deadline=None)
@given(_DECIMALS, st.sampled_from(["-{}", "−{}", "minus {}", "negative {}"]), st.sampled_from(["%", " percent"]))
def test_negative_numbers(number: Decimal, form: str, unit: str) -> None:
    claim = _only(f"The yield was {form.format(number)}{unit} then.")
    assert (claim.value, claim.unit) == (-number, "percent")


@settings(max_examples=40, deadline=None)
@given(_DECIMALS, _MONEY, st.sampled_from(["-{}{}m", "{}-{}m", "minus {}{}m", "−{}{}m"]))
def test_negative_money(number: Decimal, money: tuple[str, str], form: str) -> None:
    sign, code = money
    assume(sign != "R" or not form.startswith("{}"))  # a hyphen behind a letter makes a name: "R-5"
    claim = _only(f"The result was {form.format(sign, number)} then.")
    assert (claim.value, claim.unit) == (-number * 10**6, code)


@settings(max_examples=50, deadline=None)
@given(
    st.integers(1, 400),
    st.integers(1, 400),
    st.sampled_from(["{} to {}", "{}-{}", "{}–{}"]),
    st.sampled_from(["million", "billion"]),
    _MONEY,
)
def test_ranges_share_their_magnitude(low: int, more: int, form: str, scale: str, money: tuple[str, str]) -> None:
    sign, code = money
    for numbers in (form.format(low, low + more), form.format(low, f"{sign}{low + more}")):
        claim = _only(f"The port may cost {sign}{numbers} {scale} by then.")
        assert claim.shape is Shape.RANGE, numbers
        factor = _SCALES[scale]
        assert claim.unit == code, numbers
        assert claim.low == low * factor, numbers
        assert claim.high == (low + more) * factor, numbers


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 90), st.integers(1, 9), st.sampled_from(["a", "an"]), st.sampled_from(["%", " per cent"]))
def test_ranges_behind_an_article(low: int, more: int, article: str, unit: str) -> None:
    claim = _only(f"They expect {article} {low}-{low + more}{unit} fall.")
    assert claim.unit == "percent"
    assert claim.low == low
    assert claim.high == low + more


@settings(max_examples=50, deadline=None)
@given(
    st.integers(0, 999),
    st.from_regex(r"[0-9]{1,2}", fullmatch=True),
    st.sampled_from(
        [("{}%", "percent"), ("{} per cent", "percent"), ("€{}", "EUR"), ("R{}", "ZAR"), ("{}km", "kilometer")]
    ),
)
def test_decimal_commas(whole: int, decimals: str, form: tuple[str, str]) -> None:
    written, unit = form
    claim = _only(f"The result was {written.format(f'{whole},{decimals}')} then.")
    assert (claim.value, claim.unit) == (Decimal(f"{whole}.{decimals}"), unit)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 300), st.sampled_from(_ORDINALS), st.sampled_from(["day", "bridge", "anniversary", "edition"]))
def test_ordinals_count_nothing(number: int, word: str, noun: str) -> None:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    compound = f"twenty-{word}" if word in _ORDINALS[2:9] else word  # "twenty-second" may be a duration
    for ordinal in (f"{number}{ending}", word, compound):
        assert _claims(f"They opened the {ordinal} {noun} then.") == [], ordinal
