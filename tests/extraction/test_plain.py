"""Texts with markup, unseen characters or narrow lines are read as a reader sees them, quoted as they are written."""

import textwrap
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction import Extractor, SourceArticle, load
from extraction.claims import Claim, TextSpan
from extraction.plain.views import views_of


@cache
def _extractor() -> Extractor:
    return load()


PLAIN = (
    "The council will spend £4.5 million on roads and 3,000 houses, up 12.5 per cent on 2019, and has told the "
    "long-term contractors that between 40 and 50 of their staff would be paid €20 an hour until the bridge is open.\n"
    "“We had 300 people on the site & lost 5% of them,” said Jane O’Dowd, who runs it. “It cost us £3m.”"
)
_PAGE = {"&": "&amp;", "£": "&pound;", "€": "&euro;", "“": "&ldquo;", "”": "&#8221;", "’": "&rsquo;", "\n": "</p>\n<p>"}


def _seen(text: str) -> str:
    views = views_of(text)
    return views[-1].text if views else text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("It cost &pound;4m, &#36;5 or &#x20AC;6.", "It cost £4m, $5 or €6."),
        ("twice escaped: &amp;pound;4m, R&amp;D", "twice escaped: £4m, R&D"),
        ("R&D; and P&L; stay, and so does a<b", "R&D; and P&L; stay, and so does a<b"),
        ("<p>One <b>5</b>.</p>\n<p>Two<br/>Three</p>", "\nOne 5.\n\nTwo\nThree\n"),
        ("the team''s 300 fans said ''no'' and dogs'' owners", "the team's 300 fans said \"no\" and dogs'' owners"),
        (r"\u003cp\u003eIt cost \u0026pound;5m\u003c/p\u003e", "\nIt cost £5m\n"),
        ("Ã¢â‚¬Å“No, it cost ~~£4m~~ £5m; 50,Â 12 and 500\u200bpeople", "“No, it cost  £5m; 50, 12 and 500 people"),
        ("<tr>\n<td>Jobs</td>\n<td>5</td>\n</tr>", "\nJobs\t5\t\n"),
        ("5 <!-- 6 <b>7</b> --> 8 <script>var x = 9</script>0", "5  8 0"),
        ("5 <!-- 6 and <!-- 7", "5  6 and  7"),
        ("10<sup>6</sup> people<sup>3</sup> on 4 km<sup>2</sup>", "10^6 people on 4 km²"),
        ("â€œÂ£5mâ€\x9d, Oâ€™Dowd, NESCAFÉ®, \x805", "“£5m”, O’Dowd, NESCAFÉ®, €5"),
        (
            "He said.The firm\u00a0has 3\u2009000 staff.“We do.”Ann left",
            "He said. The firm has 3\u2009000 staff. “We do.” Ann left",
        ),
        ("The firm\ufffds \ufffdfive men\ufffd left \ufffd for \ufffd5", "The firm’s “five men” left – for \ufffd5"),
        ("''We lost 5%,'' he said of a 65'' screen", "\"We lost 5%,\" he said of a 65'' screen"),
        (
            r"It cost \u00a35m.\n\u201cSo much,\u201d he said \"twice\" in C:\new",
            'It cost £5m.\n“So much,” he said "twice" in C:\\new',
        ),
        ("Booking.com, St.Ives, story.asp?StoryID=5", "Booking.com, St.Ives, story.asp?StoryID=5"),
        ("the  firm has  a   staff of   5", "the firm has a staff of 5"),
        ("Jobs lost   Jobs gained   Total\nnorth   5   6", "Jobs lost   Jobs gained   Total\nnorth   5   6"),
        ("**300** people, **$4** million, _5_ of 3_000 a*b*c", "300 people, $4 million, 5 of 3_000 a*b*c"),
        (r"\$4 and 5\%, \n", r"$4 and 5%, \n"),
        ("**FIRE** Some **12**\n**12** people", "**FIRE** Some 12\n12 people"),
        ("$5\u200bm, 5\u00ad00, \u201112·5%, ５ people¹", "$5m, 500, -12.5%, 5 people"),
    ],
)
def test_what_a_reader_sees(text: str, seen: str) -> None:
    assert _seen(text) == seen


def test_ordinary_text_has_no_view() -> None:
    assert views_of(PLAIN) == []
    assert (
        views_of("\n".join(f"tata number {number} motors sales rise 12 per cent in may" for number in range(9))) == []
    )
    assert views_of("An increase of 5% or more in the first year;\ndecrease of 12% in the second of them;\n" * 5) == []
    assert views_of("if a <b and c> d: call 020·7946·0018, 1,200 feet² of MARACANÃ’S lawn, Amazon.Com, C:\\new") == []
    assert views_of("A list:\n5 eggs\n300g flour\nsalt\nbutter\nmilk\nsugar and spice\npepper") == []


def test_lines_of_a_list_stay_apart_in_narrow_text() -> None:
    text = textwrap.fill(PLAIN, 60) + "\nKey points\n• 5 dogs\n• 7 cats\n"
    assert _seen(text).endswith("\nKey points\n• 5 dogs\n• 7 cats\n")


def test_words_that_a_line_parts_are_put_together_when_they_are_known() -> None:
    lines = [
        "The council will spend some mil-",
        "lions on what it calls its long-",
        "term plan, the mayor of the old",
        "town.",
    ]
    assert _seen("\n".join(lines)) == (
        "The council will spend some millions on what it calls its long-term plan, the mayor of the old town."
    )


@pytest.mark.parametrize("width", [35, 60, 72, 100])
@pytest.mark.parametrize("between", ["\n", "\n\n", "\n    "])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_claims_of_narrow_lines_are_those_of_the_paragraphs(width: int, between: str, line_end: str) -> None:
    text = between.join(textwrap.fill(part, width) for part in PLAIN.split("\n"))
    _assert_same(text.replace("\n", line_end))


def test_claims_of_a_page_are_those_of_its_text() -> None:
    page = "<p>" + "".join(_PAGE.get(letter, letter) for letter in PLAIN).replace("3,000", "<b>3,000</b>") + "</p>"
    found = _assert_same(page)
    assert [claim.text for claim in found][:2] == ["&pound;4.5 million", "3,000"]


def _assert_same(text: str) -> list[Claim]:
    expected, found = (_extractor().extract(SourceArticle(each)) for each in (PLAIN, text))
    assert [_known(claim) for claim in found] == [_known(claim) for claim in expected]
    for claim in found:
        for span in (claim, claim.sentence, claim.subject, *claim.qualifiers):
            assert span is None or text[span.start : span.end] == span.text
    return found


def _known(claim: Claim) -> tuple[object, ...]:
    said = claim.attribution
    speaker = said.speaker.resolved if said is not None and said.speaker is not None else None
    return claim.value, claim.low, claim.unit, claim.shape, speaker


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="<>/&;#bptdr!- \n5m£$sup\u200b·１\\\"'*~_Â\ufffd\u00a0²", max_size=60))
def test_views_lead_back_to_the_text(text: str) -> None:
    views = views_of(text)
    for view in views:
        spans = [view.as_written(TextSpan(seen, at, at + 1)) for at, seen in enumerate(view.text)]
        assert [span.start for span in spans] == sorted(span.start for span in spans)
        assert all(view.source[span.start : span.end] == span.text for span in spans)
    for found in (_extractor().extract(SourceArticle(text)), _extractor().explain(SourceArticle(text))):
        for each in found:
            assert 0 <= each.start < each.end <= len(text)
