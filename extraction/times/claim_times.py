"""Chooses which time of a sentence a claim is about: the one right behind it, the nearest, the one that opens."""

import re
from bisect import bisect_left

from extraction.text.money_signs import SIGNS
from extraction.text.words import word_set
from extraction.times.asides import (
    dates_report_behind,
    heads_parenthesis,
    in_bracket_of_other,
    in_closed_bracket,
    is_benchmark,
    sets_out,
    stands_off,
    without_or,
)
from extraction.times.clauses import (
    dates_base,
    opens_clause,
    opens_with,
    part_of_what,
    past_joined_nouns,
    same_time_behind,
    same_time_in_front,
    starts_here,
    without_aside,
    without_before,
)
from extraction.times.joined import (
    over_colon,
    past_joined_amounts,
    past_level,
    past_relative,
    step_from_base,
    tells_of_source,
    times_report,
)
from extraction.times.mention import TimeMention, Times
from extraction.times.owners import belongs_to_words_before, belongs_to_words_behind, dates_record
from extraction.times.standing import compares, is_compared_with, is_of_other_end, stands_still, without_start

# What ends the clause that a claim or a time stands in. Bounded look-ahead: linear.
_CLAUSE_END = re.compile(
    r"[;:—–]|\s-\s|,[\"”’']"
    r"|,\s(?!\d{3}\b|(?:payable|fully franked|unfranked)\b|(?!(?:some|no|any|every)thing\b|according|having"
    r"|(?:ris|fall|climb|grow|dropp|(?:in|de)creas|declin)ing to )\w+ing\b)"
    r"|\bthat (?:will|would|could|has|had)\b|\b(?:of|than) what\b"
    r"|\bfor \w+ing\b|\bfollowing (?:an?|the|its|his|her|their)\b"
    rf"|\bon top of (?:\w+ )?[{SIGNS}\d]"
    r"|\b(?:while|whereas|although|though|but|when|after|before|because|which|who|whoever)\b"
    r"|\band (?:\w+ ){0,2}?(?:has|had|have|was|were|is|are|will|would|it|they|he|she|we|said|says|that)\b"
)
_LEADING = 32
_ADJACENT_WORDS = 2
_TO_BASE = 60


def time_of(
    mentions: list[TimeMention],
    sentence_start: int,
    sentence_end: int,
    claim_start: int,
    claim_end: int,
    *,
    is_base: bool = False,
) -> Times:
    """The time that the claim is about, or else the mentions of its sentence that only a tree can tie to it.

    ``mentions`` are those of ``find_times``. A mention right behind the claim wins, then the nearest in
    its clause, then one that opens the sentence. ``is_base`` says that a change starts from the claim.
    """
    if not mentions:
        return Times()
    best: tuple[int, int] | None = None
    chosen: TimeMention | None = None
    parted: list[TimeMention] = []
    first = bisect_left(mentions, sentence_start, key=lambda mention: mention.start)
    measures_time = False  # as in "Two years later, he is now on trial"
    for mention in mentions[first : first + _MOST_MENTIONS]:
        if mention.start >= sentence_end:
            break
        if mention.start < claim_end and claim_start < mention.end:
            measures_time = mention.duration_like
            continue
        if measures_time and mention.text.lower() in word_set("times", "vague"):
            continue
        rank = _rank(mention, sentence_start, claim_start, claim_end, is_base=is_base)
        if rank == _PARTED:
            parted.append(mention)
            continue
        if rank is not None and mention.text.endswith(_HOURS):
            rank = _LAST_RESORT, rank[1]
        if rank is None or (best is not None and rank >= best):
            continue
        if chosen is None or not _stays(chosen, mention, sentence_start, claim_start):
            best, chosen = rank, mention
    return Times(chosen, () if chosen is not None else tuple(parted))


# Beside "in early trade" any other time of the sentence says more: "fell 3% in early trade on Monday".
_HOURS = (" trade", " trading", " deals", " dealings")
_LAST_RESORT = 4
_PARTED = (9, 0)  # no words but those of other clauses or asides stand against it
_NEW_CLAUSE = re.compile(r"; |\bbut\b|, and\b")


def _stays(chosen: TimeMention, mention: TimeMention, sentence_start: int, claim_start: int) -> bool:
    """Whether the time that opens the sentence is better than a vague one: "For the full year it now expects".

    Not over the start of a clause: "In 2015 he had 40 horses; he now has two", and not in "she, now 31,".
    """
    if mention.text.lower() not in word_set("times", "vague") or mention.end + 1 == claim_start:
        return False
    between = mention.article[max(chosen.end, mention.start - _FARTHEST) : mention.start]
    return _opens_sentence(chosen.article, sentence_start, chosen) and _NEW_CLAUSE.search(between) is None


# A sentence with more times than this is a table or an attack.
_MOST_MENTIONS = 40
_FARTHEST = 300
_OUT_OF_REACH = 2000  # also for a time that opens the sentence


# "signed in May, with 40 votes", "rose 12% in May, to about 3,400".
_GOES_ON = re.compile(r", (?:with |by |(?:to|at) (?:[\w'’-]{1,24} ){0,4}$)")
_TO_LEVEL = re.compile(
    r" to (?:(?:an?|the|about|around|just|only|nearly|almost|at|least|over|under|more|less|than) ){0,4}"
)


# "Monday's 5.8%".
_POSSESSED = ("'s ", "’s ")
_DIGIT = re.compile(r"\d")
# "six times the £68,000 of a decade ago"
_OF_OTHER = re.compile(rf"[{SIGNS}]\d[\d.,]*(?:[a-z]{{1,2}}| [mbt]r?illion)? of \Z")
_OF_OWN = re.compile(r", .*\d\S* of $")


# "from $4bn when it opened in 2015 to $9bn".
_FROM_AMOUNT = re.compile(rf"\bfrom (?:[A-Z]{{0,3}}[{SIGNS}]|[a-z]{{2,9}} )?\d[^;:()]*$")


# Most words in front of a time hold none of these.
_COMPARED = re.compile("|".join(sorted(word_set("times", "comparisons"))), re.IGNORECASE)


def _is_base(text: str, sentence_start: int, mention: TimeMention, between: str) -> bool:
    """Whether the time is what is compared with: "fell 3% from a year earlier to $4bn", "from 2,000 in 2019 to 900"."""
    first = max(sentence_start, mention.start - _TO_BASE)
    leads_to_level = _TO_LEVEL.fullmatch(between) is not None
    if not leads_to_level and _COMPARED.search(text, first, mention.start) is None:
        return False
    words = _CLAUSE_END.split(text[first : mention.start])[-1].lower().split()
    amount_in_front = _FROM_AMOUNT.search(text, first, mention.start) is not None
    if leads_to_level and (words[-1:] == ["since"] or amount_in_front):
        return True
    if first == sentence_start:
        words = words[1:]
    marks = [at for at, word in enumerate(words) if word in word_set("times", "comparisons")]
    compared = words[marks[-1] + 1 :] if marks else words
    if marks and not compared and starts_here(words, between):
        return False
    numbered = any(character.isdigit() for word in compared[:2] for character in word)
    return bool(marks) and (numbered or len(compared) < _ADJACENT_WORDS)


def _rank(mention: TimeMention, sentence_start: int, start: int, end: int, *, is_base: bool) -> tuple[int, int] | None:
    """How well a mention fits a claim, lower is better; None when it belongs to something else."""
    text = mention.article
    if max(start - mention.end, mention.start - end) > _OUT_OF_REACH or times_report(text, mention.start, mention.end):
        return None
    before = mention.end <= start
    between = text[mention.end : start] if before else text[end : mention.start]
    if stands_still(text, start, end, between, before=before):
        return None
    if ":" in between[:_FARTHEST]:
        between = over_colon(text, sentence_start, start, end, between, before=before)
    if is_base:
        joined = between if before else without_or(text, start, between[:_FARTHEST])
        if is_of_other_end(text[max(0, mention.start - _TO_BASE) : mention.start], mention.text, joined, before=before):
            return None
    if before:
        return _rank_in_front(mention, sentence_start, start, end, between)
    return _rank_behind(mention, sentence_start, start, end, between)


def _rank_in_front(
    mention: TimeMention, sentence_start: int, start: int, end: int, between: str
) -> tuple[int, int] | None:
    """The rank of a mention in front of the claim; ``between`` is what stands between the two."""
    text = mention.article
    if in_closed_bracket(text, mention.start, between[:_FARTHEST]):
        return None
    if heads_parenthesis(text, mention.start, mention.end):
        between = between.lstrip(" :")
    if between.startswith(",") and (opens_clause(text, mention.start) or _GOES_ON.match(between)):
        between = between[1:]
    if text[max(0, mention.start - 4) : mention.start].lower() != "for ":
        between = same_time_behind(between)
    opens = _opens_sentence(text, sentence_start, mention)
    if sets_out(mention.text, between[:_FARTHEST], text[start:end]) or dates_report_behind(text, mention.end, opens):
        return None
    if mention.text.endswith(_HOURS) and stands_off(between[:_FARTHEST], before=True):
        return None
    if _leads_to_claim(mention, between):
        return 0, len(between)
    if _is_base(text, sentence_start, mention, between) or step_from_base(text, mention.start, between):
        return None
    if belongs_to_words_before(text, mention.start, mention.end, start):
        return None
    apart = _CLAUSE_END.search(between) is not None
    if opens:
        return (2 if apart else 1), len(between)
    return _PARTED if len(between) > _FARTHEST or apart else (1, len(between))


def _leads_to_claim(mention: TimeMention, between: str) -> bool:
    """Whether the time owns the claim behind it: "Monday's 5.8%"."""
    text = mention.article
    if between[:3] not in _POSSESSED or _CLAUSE_END.search(between) or _DIGIT.search(between):
        return False
    return not is_benchmark(text, mention.end, text[max(0, mention.start - _TO_BASE) : mention.start])


def _rank_behind(
    mention: TimeMention, sentence_start: int, start: int, end: int, between: str
) -> tuple[int, int] | None:
    """The rank of a mention behind the claim; ``between`` is what stands between the two."""
    text = mention.article
    if heads_parenthesis(text, mention.start, mention.end) or _is_of_other(mention, between[:_FARTHEST]):
        return None
    if mention.text.startswith(("the end of", "the start of")):
        between = between.removesuffix("before ")
    if len(between) <= _FARTHEST:
        between = past_relative(mention.text, past_level(text, start, between))
        between = past_joined_nouns(past_joined_amounts(between))
        between = part_of_what(text[max(sentence_start, start - _TO_BASE) : start], between)
        between = without_before(text, mention.end, between, mention.text)
        between = without_aside(text, sentence_start, start, between)
        between = without_or(text, start, same_time_in_front(between))
    between = without_start(text, mention.end, between)
    compared = compares(between)
    if is_compared_with(text[start:end], between) or (compared and any(each.isdigit() for each in between)):
        return None
    if len(between) <= _FARTHEST and belongs_to_words_behind(text, mention.end, between):
        return None
    apart = _CLAUSE_END.search(between) is not None
    if len(between.split()) <= _ADJACENT_WORDS and not apart:
        return (3 if compared else 0), len(between)
    return _PARTED if len(between) > _FARTHEST or apart else ((3 if compared else 1), len(between))


def _is_of_other(mention: TimeMention, near: str) -> bool:
    """Whether what stands in front of a mention behind the claim, or the words around it, claim it for themselves."""
    text = mention.article
    if mention.text.endswith(_HOURS) and stands_off(near, before=False):
        return True
    if in_bracket_of_other(near) or _OF_OTHER.search(near) is not None:
        return True
    if text[mention.end : mention.end + len(_POSSESSED[0])] in _POSSESSED and _OF_OWN.search(near) is not None:
        return True  # "stood at £212m, covering 70% of next year's revenue"
    return dates_record(text, mention.start, mention.end) or dates_base(mention.text, near)


def _opens_sentence(text: str, sentence_start: int, mention: TimeMention) -> bool:
    """Whether only prepositions and the like stand in front; the date of a dateline is followed by a dash."""
    if mention.start - sentence_start >= _LEADING or text[mention.end : mention.end + 2].strip()[:1] in {"—", "–", "-"}:
        return False
    in_front = text[sentence_start : mention.start]
    return opens_with(in_front) and not tells_of_source(text, mention.start, mention.end)
