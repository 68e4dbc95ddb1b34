"""Marks of currencies are found beside numbers, and ambiguous signs are settled from the article with evidence."""

import time
import tomllib
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.resources import files

import pytest
from babel.core import get_global

from extraction.claims import Currency, SourceArticle
from extraction.currencies.context import PlacedMark
from extraction.currencies.home import HomeMoney, home_money
from extraction.currencies.marks import combine, mark_after, mark_before
from extraction.currencies.resolve import resolve
from extraction.currencies.table import CurrencyMark, active_codes
from extraction.text.lexemes import LexemeType, lex

MAGNITUDES = ("million", "billion", "trillion", "crore", "m", "bn", "thousand")


def _amounts(text: str) -> list[PlacedMark]:
    """Every amount of money with a number in digits: a small stand-in for the grammar."""
    lexemes, found = lex(text), []
    for i, lexeme in enumerate(lexemes):
        if lexeme.type is not LexemeType.NUMBER:
            continue
        end = i + 1
        while end < len(lexemes) and lexemes[end].lower in MAGNITUDES:
            end += 1
        behind = end + 1 if end < len(lexemes) and lexemes[end].text == "-" else end
        mark = combine(mark_before(lexemes, i), mark_after(lexemes, behind))
        if mark is not None:
            first, last = min(mark.start, i), max(mark.end, end) - 1
            found.append(PlacedMark(mark, lexemes[first].start, lexemes[last].end))
    return found


def _resolved(text: str, **article: object) -> list[tuple[str, Currency]]:
    marks = _amounts(text)
    settled = resolve(marks, text, SourceArticle(text, **article))  # type: ignore[arg-type]
    for currency in settled:
        for span in currency.evidence:
            assert text[span.start : span.end] == span.text
        assert currency.code not in currency.alternatives
    return [(text[placed.start : placed.end], currency) for placed, currency in zip(marks, settled, strict=True)]


def _codes(text: str, **article: object) -> list[str]:
    return [currency.code for _, currency in _resolved(text, **article)]


# --- marks ----------------------------------------------------------------------------------------------------------

EXPLICIT = [
    ("NZ$8m", "NZD"), ("NZ $8m", "NZD"), ("$NZ8m", "NZD"), ("A$12", "AUD"), ("AU$12", "AUD"), ("$A12", "AUD"),
    ("US$5", "USD"), ("US $5", "USD"), ("$US500", "USD"), ("U.S.$5", "USD"), ("USD 5", "USD"), ("USD$5", "USD"),
    ("C$5", "CAD"), ("CA$5", "CAD"), ("HK$5", "HKD"), ("S$5", "SGD"), ("NT$5", "TWD"), ("R$5", "BRL"), ("J$5", "JMD"),
    ("€5", "EUR"), ("EUR5m", "EUR"), ("EUR 350", "EUR"), ("5€", "EUR"), ("5 euros", "EUR"), ("10-euro", "EUR"),
    ("GBP 350", "GBP"), ("50 pounds sterling", "GBP"), ("20 quid", "GBP"), ("PS6m", "GBP"), ("IR£5", "IEP"),
    ("RM79", "MYR"), ("Rp 5,000", "IDR"), ("Tk 500", "BDT"), ("Ksh500", "KES"), ("₹500", "INR"), ("₩500", "KRW"),
    ("R500", "ZAR"), ("5 rand", "ZAR"), ("N5bn", "NGN"), ("₦500", "NGN"), ("P500 million", "PHP"), ("500 zł", "PLN"),
    ("Y5bn", "JPY"), ("Y=28,030", "JPY"), ("1.5 trillion yen", "JPY"), ("10 yuan", "CNY"), ("RMB5bn", "CNY"),
    ("CHF 5", "CHF"), ("SFr5m", "CHF"), ("5 Swiss francs", "CHF"), ("₪5", "ILS"), ("1.3 billion shekels", "ILS"),
    ("500 AED", "AED"), ("TRY 500 million", "TRY"), ("500 Egyptian pounds", "EGP"), ("500 won", "KRW"),
    ("8 million New Zealand dollars", "NZD"), ("5 Australian dollars", "AUD"), ("5 Singapore dollars", "SGD"),
    ("5 US dollars", "USD"), ("5 U.S. dollars", "USD"), ("6.65 billion pesetas", "ESP"), ("150 kn", "HRK"),
    ("2 bitcoin", "BTC"), ("DM500", "DEM"), ("1.8500 marks", "DEM"), ("500 UAH", "UAH"), ("5 Danish kroner", "DKK"),
    ("20 million Kenyan shillings", "KES"), ("500 Iraqi dinars", "IQD"), ("500 soles", "PEN"), ("S/ 500", "PEN"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), EXPLICIT, ids=[case[0] for case in EXPLICIT])
def test_explicit_marks(text: str, code: str) -> None:
    assert _resolved(text) == [(text, Currency(code, "explicit"))]


@pytest.mark.parametrize("code", sorted(active_codes()))
def test_every_active_code_is_a_mark_on_both_sides(code: str) -> None:
    assert _codes(f"{code} 5,000 and") == [code]
    assert _codes(f"5,000 {code} and") == [code]


def test_the_table_adds_to_babel_and_names_no_unknown_code() -> None:
    table = tomllib.loads(files("extraction.en").joinpath("currencies.toml").read_text("utf-8"))
    codes = [row["code"] for row in table["currency"]]
    known = active_codes() | {row[0] for rows in get_global("territory_currencies").values() for row in rows}
    assert len(codes) == len(set(codes))
    assert set(codes) - known <= {"BTC", "ETH", "DOGE", "USDT", "XDR", "XEU", "SIT", "ZWG", "ZWL"}
    assert {code for row in table["sign"] for code in row["candidates"]} <= known
    assert len(active_codes()) > 140


MINOR = [
    ("9 cents", "USD"), ("10-cent", "USD"), ("84.75 cents", "USD"), ("19c", "USD"), ("65 US cents", "USD"),
    ("5 NZ cents", "NZD"), ("5 Australian cents", "AUD"), ("180p", "GBP"), ("210 pence", "GBP"), ("5p a share", "GBP"),
    ("18 sen", "MYR"), ("50 paise", "INR"), ("50 kopeks", "RUB"), ("50 öre", "SEK"), ("one 1 penny", "GBP"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), MINOR, ids=[case[0] for case in MINOR])
def test_minor_units(text: str, code: str) -> None:
    (placed,) = _amounts(text)
    assert placed.mark.minor
    assert _codes(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "1080p", "PS5", "R22", "N95", "K2", "P45", "Y2K", "50 Cent", "5 per cent", "20 euro zone members", "TOP 100",
        "ALL 500 of", "five 5 won medals", "3 crowns", "5 pounds", "200 pounds of cocaine", "a 200-pound man",
        "30c heat", "5 dollar stores", "5 real reasons", "5 US troops", "5 Canadian soldiers", "10 dram of whisky",
        "Euro 2024",
        "18 kn winds", "at 2 p.m.", "5 marks out", "the 2 Kips",
    ],
)  # fmt: skip
def test_no_mark(text: str) -> None:
    assert _amounts(text) == []


COMBINED = [
    ("$8 NZD", "$8 NZD", "NZD"), ("$500 US for", "$500 US", "USD"), ("$76 US a barrel", "$76 US", "USD"),
    ("$75 U.S. per barrel", "$75 U.S.", "USD"), ("$5 Canadian.", "$5 Canadian", "CAD"), ("$5 AUD", "$5 AUD", "AUD"),
    ("US$5 USD", "US$5 USD", "USD"), ("$5 million CAD", "$5 million CAD", "CAD"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "amount", "code"), COMBINED, ids=[case[0] for case in COMBINED])
def test_marks_on_both_sides(text: str, amount: str, code: str) -> None:
    assert _resolved(text) == [(amount, Currency(code, "explicit"))]


def test_combine_keeps_the_mark_before_when_the_other_disagrees() -> None:
    lexemes = lex("NZ$5 US")
    before, after = mark_before(lexemes, 2), mark_after(lexemes, 3)
    assert combine(before, after) == before
    assert combine(None, after) is None
    assert combine(None, None) is None
    dollars = CurrencyMark(None, ("USD", "AUD"), Decimal(1), "dollar", 1, 2)
    assert combine(None, dollars) == dollars


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("it cost 200 pounds", True),
        ("6 million pounds into roofs", True),
        ("2 million pounds of beef", False),
        ("he weighs 200 pounds", False),
        ("he lost 20 pounds", False),
        ("a fine of 500 pounds", True),
    ],
)
def test_pounds_need_a_cue(text: str, money: bool) -> None:
    assert bool(_amounts(text)) is money


def test_pounds_in_an_article_of_sterling() -> None:
    text = "The £5m prize. They gave 200 pounds"
    assert home_money(text, SourceArticle(text)).pounds
    assert home_money("", SourceArticle("", country="GB")).pounds
    assert not home_money("ten pounds", SourceArticle("", country="US")).pounds
    lexemes = lex("gave 200 pounds to")
    mark = mark_after(lexemes, 2, HomeMoney(pounds=True))
    assert mark is not None
    assert mark.candidates[0] == "GBP"
    assert mark_after(lexemes, 2) is None
    assert mark_after(lex("weighing 200 pounds"), 2, HomeMoney(pounds=True)) is None


# --- resolution -----------------------------------------------------------------------------------------------------


def _one(text: str, **article: object) -> Currency:
    ((_, currency),) = _resolved(text, **article)
    return currency


def test_nothing_said_is_a_default_with_alternatives() -> None:
    currency = _one("It costs $5.")
    assert (currency.code, currency.basis, currency.evidence) == ("USD", "default", ())
    assert "AUD" in currency.alternatives


@pytest.mark.parametrize(
    ("article", "code"),
    [
        ({"country": "NZ"}, "NZD"),
        ({"country": "au"}, "AUD"),
        ({"publisher": "RNZ"}, "NZD"),
        ({"publisher": "The Sydney Morning Herald"}, "AUD"),
        ({"publisher": "Toronto Star"}, "CAD"),
        ({"publisher": "The New York Times"}, "USD"),
        ({"url": "https://www.stuff.co.nz/business/1"}, "NZD"),
        ({"url": "https://www.smh.com.au/"}, "AUD"),
    ],
)
def test_the_articles_own_country(article: dict[str, object], code: str) -> None:
    currency = _one("The firm in Boston will pay $5 million.", **article)
    assert (currency.code, currency.basis) == (code, "country")
    assert currency.alternatives == (() if code == "USD" else ("USD",))


@pytest.mark.parametrize("country", ["", "XX", "Narnia", "\x00"])
def test_an_unknown_country_says_nothing(country: str) -> None:
    assert _one("It costs $5.", country=country).code == "USD"


def test_a_country_without_dollars_leaves_the_default() -> None:
    assert _codes("It costs $5.", country="UK") == ["USD"]
    assert _codes("It costs 5 pounds sterling or £5.", country="UK") == ["GBP", "GBP"]
    assert _codes("It costs $5.", country="GB") == ["USD"]
    assert _codes("It costs $5.", country="JP") == ["USD"]


def test_a_government_of_another_country_owns_its_amount() -> None:
    text = "The US government will spend $5 million. The shire will spend $6 million."
    assert _codes(text, country="AU") == ["USD", "AUD"]
    # An American paper writes its own dollars.
    assert _codes("The Australian government will spend $5 million.", country="US") == ["USD"]


def test_a_place_in_the_sentence_gives_context() -> None:
    text = "Ardern also announced a New Zealand government investment of up to $8 million into joint research in Japan."
    currency = _one(text)
    assert (currency.code, currency.basis, currency.alternatives) == ("NZD", "context", ("USD",))
    assert [span.text for span in currency.evidence] == ["New Zealand government"]


def test_places_without_dollars_are_ignored() -> None:
    text = "Eight New Zealand companies took part. Japan is a $750 million market for Zespri in Tokyo, Japan."
    assert _codes(text) == ["NZD"]


CONTEXT = [
    ("AUCKLAND, Aug. 22 — The group earned $5 million in the United States.", ["NZD"]),
    ("TORONTO (Reuters) - The group earned $5 million.", ["CAD"]),
    ("Shares rose\nSYDNEY, Jan 5 (AP) — The group earned $5 million.", ["AUD"]),
    ("The Melbourne arm lost $5 million.", ["AUD"]),
    ("On the Toronto Stock Exchange it closed at $5.", ["CAD"]),
    ("The group lost $5 million in Texas.", ["USD"]),
    # The first amount in full, the others bare.
    ("It earned NZ$5 million. It had earned $4 million. It lost $3 million.", ["NZD", "NZD", "NZD"]),
    # One foreign amount in full among bare ones.
    ("Canada gave $5 million and $3 million. Australia gave A$4 million.", ["CAD", "CAD", "AUD"]),
    ("In Sydney, it paid US$9,000 in May and $5,000 in June, said the Australian firm.", ["USD", "AUD"]),
    # Conversions.
    ("It cost A$12 million ($8 million).", ["AUD", "USD"]),
    ("In Sydney it cost A$12 million ($8 million).", ["AUD", "USD"]),
    ("SYDNEY — It cost £12 million ($24 million).", ["GBP", "AUD"]),
    ("Turnover in Tel Aviv was 1.23 billion shekels ($330 million).", ["ILS", "USD"]),
    ("Wellington paid $5 million (US$3 million).", ["NZD", "USD"]),
    # Words that state the currency.
    ('"We have $45 million in the bank, Australian dollars," he said in Auckland.', ["AUD"]),
    ("TORONTO — All figures in US dollars. It earned $5 million.", ["USD"]),
    ("The Australian dollar fell to $0.65 against the greenback.", ["USD"]),
    ("Alberta said the discount peaked at $52 a barrel.", ["USD"]),
    # Cents follow the dollars beside them.
    ("AUCKLAND — Shares fell 9 cents to $1.37.", ["NZD", "NZD"]),
    ("Shares fell 9 cents to €1.37.", ["EUR", "EUR"]),
    ("Shares of the Dublin firm fell 9 cents to €1.37. It pays 5 cents.", ["EUR", "EUR", "EUR"]),
    ("Shares in Toronto fell 9 cents to A$1.37.", ["AUD", "AUD"]),
    # Other signs.
    ("In Oslo it costs 500 kr.", ["NOK"]),
    ("In Copenhagen it costs 500 kroner.", ["DKK"]),
    ("It costs 500 kronor.", ["SEK"]),
    ("The Karachi firm paid Rs 500 million.", ["PKR"]),
    ("The Mumbai firm paid Rs 500 million.", ["INR"]),
    ("Manila set aside 5 billion pesos.", ["PHP"]),
    ("Mexico set aside 5 billion pesos.", ["MXN"]),
    ("The terms put a value of 528 million francs on it.", ["CHF"]),
    ("Senegal will pay 528 million francs.", ["XOF"]),
    ("In Shanghai it costs ¥500, said the Chinese firm.", ["CNY"]),
    ("In Tokyo it costs ¥500.", ["JPY"]),
    ("Cairo paid 5 million pounds, the Egyptian ministry said in Egypt.", ["EGP"]),
    ("In Paris it cost £5.", ["GBP"]),
    ("Kuwait paid 5 million dinars.", ["KWD"]),
    ("Baghdad paid 5 million dinars.", ["IQD"]),
]


@pytest.mark.parametrize(("text", "codes"), CONTEXT, ids=[case[0][:40] for case in CONTEXT])
def test_context(text: str, codes: list[str]) -> None:
    assert _codes(text) == codes


def test_a_sign_that_only_one_country_writes_so_is_explicit() -> None:
    assert _one("It cost £5.") == Currency("GBP", "explicit")


def test_historic_money_needs_a_date() -> None:
    text = "The Paris firm paid 528 million francs to the French government."
    assert _codes(text, published_at=date(1994, 3, 1)) == ["FRF"]
    assert _codes(text, published_at=datetime(2014, 3, 1, tzinfo=UTC)) == ["CHF"]
    assert _codes(text) == ["CHF"]


def test_a_newspaper_article() -> None:
    text = (
        "Line profit sinks; jobs to go\n"
        "AUCKLAND, Aug. 22 — The group said profit fell to NZ$41.6 million from NZ$67.1 million.\n"
        "Revenue slipped to $1.28 billion, and it will pay 6.5 cents a share and has suspended a $50 million buyback.\n"
        '"Rates are back at US$1,400 a box," she said. Shares closed 9 cents lower at $1.37.\n'
        "Across the Tasman, the Melbourne arm lost A$12.4 million. Its British business went for £22 million."
    )
    codes = ["NZD", "NZD", "NZD", "NZD", "NZD", "USD", "NZD", "NZD", "AUD", "GBP"]
    assert _codes(text) == codes


def test_hostile_text_takes_linear_time() -> None:
    for piece in ("Sydney $5 ", "New Zealand dollars $5 (", "U.S.", "$$$", "5 c ", "A$5 ($5) ", "Mr. $5 cents "):
        text = piece * (100_000 // len(piece))
        began = time.process_time()
        marks = _amounts(text)
        resolve(marks, text, SourceArticle(text))
        assert time.process_time() - began < 5, piece
