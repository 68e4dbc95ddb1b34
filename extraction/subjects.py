"""Finds what a number measures and whose it is, from the words around it.

Surface rules over word classes: the noun phrase in front of the governing verb, "X of $8 million", "a $300 million X",
"80 per cent of X", ages beside names. Where they find nothing the answer is None.
"""

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span

from extraction.claims import Kind, TextSpan
from extraction.lexemes import Lexeme, LexemeType
from extraction.phrases import (
    Range,
    clause_words,
    in_class,
    is_adverb,
    is_auxiliary,
    is_name,
    is_verb,
    noun_before,
    noun_behind,
    phrase_before,
    shortened,
)
from extraction.window import window
from extraction.words import word_set


@dataclass(frozen=True, slots=True)
class Context:
    """What a claim is about: whose number, what it measures, the whole it is a part of, and the governing verb."""

    subject: TextSpan | None = None
    measure: TextSpan | None = None
    of: TextSpan | None = None
    predicate: TextSpan | None = None
    rules: tuple[str, ...] = ()


def describe(
    doc: Doc, sent: Span, claim_start: int, claim_end: int, unit_text_span: tuple[int, int] | None, kind: Kind
) -> Context:
    """The context of the claim at ``claim_start`` to ``claim_end``; ``unit_text_span`` is the noun counted, if any."""
    text, offset = window(doc, sent, claim_start, claim_end)
    words = clause_words(text)
    first = _at(words, claim_start - offset)
    last = _behind(words, claim_end - offset)
    counted = _behind(words, unit_text_span[1] - offset) if unit_text_span and kind is Kind.COUNT else last
    behind_of = (
        unit_text_span is not None and last + 1 < len(words) and words[last + 1].start == unit_text_span[0] - offset
    )
    found = _Clause(words, first, last, max(last, counted), kind, counts_behind_of=behind_of).describe()

    def span(part: Range | None) -> TextSpan | None:
        if part is None or part[0] >= part[1]:
            return None
        start, end = words[part[0]].start, words[part[1] - 1].end
        return TextSpan(text[start:end], offset + start, offset + end)

    return Context(span(found.subject), span(found.measure), span(found.of), span(found.predicate), tuple(found.rules))


def _at(words: list[Lexeme], offset: int) -> int:
    """The first lexeme that ends behind ``offset``."""
    return next((at for at, word in enumerate(words) if word.end > offset), len(words))


def _behind(words: list[Lexeme], offset: int) -> int:
    """The first lexeme that starts at or behind ``offset``."""
    return next((at for at, word in enumerate(words) if word.start >= offset), len(words))


@dataclass(slots=True)
class _Found:
    subject: Range | None = None
    measure: Range | None = None
    of: Range | None = None
    predicate: Range | None = None
    rules: tuple[str, ...] = ()


class _Clause:
    """The lexemes around one amount, which stands at ``first`` to ``last``."""

    def __init__(
        self, words: list[Lexeme], first: int, last: int, counted: int, kind: Kind, *, counts_behind_of: bool = False
    ) -> None:
        self.words = words
        self.first = first
        self.last = last
        self.counted = counted
        self._counts_behind_of = counts_behind_of and kind is Kind.COUNT
        self.kind = kind
        self.edge = self._left_edge()
        self.verb = self._governing_verb()

    def describe(self) -> _Found:
        if self.kind is Kind.AGE:
            return self._age()
        found = self._part_of() or self._noun_of_amount() or self._amount_noun() or _Found()
        self._add_apposition(found)
        self._add_verb(found)
        if found == _Found(predicate=found.predicate) and self.kind is not Kind.COUNT:
            self._add_neighbour(found)
        return found

    # Where the amount stands

    def _left_edge(self) -> int:
        """The lexeme behind the one that governs the amount: bounds, hedges and articles belong to the amount."""
        at = self.first
        while at > 0 and at > self.first - 8:
            word = self.words[at - 1]
            bound = in_class(word, "adverbs", "determiners") or word.lower in word_set("grammar", "bounds")
            if not bound or (word.lower in {"that", "which", "whose"}):
                break
            if word.lower == "at" and self.words[at].lower not in {"least", "most"}:
                break
            if word.lower in {"up", "down", "to"} and not self._is_bound(at - 1):
                break
            at -= 1
        return at

    def _is_bound(self, at: int) -> bool:
        """As in "up to" is a bound, "rose to" and "down 5%" are not."""
        word, words = self.words[at].lower, self.words
        if word == "to":
            return at > 0 and words[at - 1].lower in {"up", "close"}
        return word == "up" and at + 1 < len(words) and words[at + 1].lower == "to"

    def _governing_verb(self) -> int | None:
        """The nearest verb in front of the amount, or the amount itself when it is one ("doubled")."""
        if self.first + 1 == self.last and self.words[self.first].lower in word_set("grammar", "amounts"):
            return self.first
        for at in range(self.edge - 1, max(-1, self.edge - _REACH), -1):
            word = self.words[at]
            if word.type is LexemeType.BREAK or word.text in {";", ":"}:
                return None
            if is_verb(self.words, at) and not self._is_noun_use(at):
                return at
        return None

    def _is_noun_use(self, at: int) -> bool:
        """A participle in front of a noun ("combined sales") or a gerund is no governing verb."""
        return at > 0 and in_class(self.words[at - 1], "prepositions") and not is_auxiliary(self.words[at])

    # The constructions

    def _part_of(self) -> _Found | None:
        """As in "80 per cent of X": the whole is X."""
        words = self.words
        # In "dozens of people" the noun behind "of" is the noun counted and no whole.
        parted = self.last < len(words) and words[self.last].lower == "of" and not self._counts_behind_of
        at = self.last if parted else self.counted
        if at + 1 >= len(words):
            return None
        if self.kind is Kind.MULTIPLE and words[at].lower != "of":
            standard = noun_behind(words, at)
            return _Found(of=standard, rules=("context.multiple_of",)) if standard else None
        if words[at].lower == "of":
            whole = noun_behind(words, at + 1, with_parts=True)
        elif self.kind is Kind.FRACTION:  # "half their wages"
            whole = noun_behind(words, at)
        else:
            whole = None
        if whole is None:
            return None
        if self.kind in _PART_KINDS:
            return _Found(of=whole, rules=("context.part_of",))
        return _Found(measure=_bare(words, whole), rules=("context.amount_of",))

    def _noun_of_amount(self) -> _Found | None:
        """As in "an investment of up to $8 million": the measure is the noun in front of "of"."""
        words, at = self.words, self.edge - 1
        if at < 1 or words[at].lower != "of":
            return None
        noun = _behind_numbers(words, noun_before(words, at))
        noun = None if noun is None else _from_last_determiner(words, noun)
        if (
            noun is None
            or words[at - 1].type is not LexemeType.WORD
            or words[at - 1].lower in word_set("grammar", "no_nouns")
        ):
            return None
        found = _Found(measure=_bare(words, noun), rules=("context.noun_of_amount",))
        verb = noun[0] - 1
        reports = word_set("attribution", "say")
        if verb < 0 or not is_verb(words, verb) or words[verb].lower in reports:
            found.subject = noun
        return found

    def _amount_noun(self) -> _Found | None:
        """As in "a $300 million plant", "Japan is a $750 million market for Zespri": the measure is the noun behind."""
        words = self.words
        if self.kind in {Kind.COUNT, Kind.NUMBER}:
            return None
        start = self.last
        if start < len(words) and words[start].text in {"-", "–"} and words[start].glued:
            start += 1
        noun = noun_behind(words, start)
        if noun is None or in_class(
            words[noun[0]], "determiners", "prepositions", "object_pronouns", "subject_pronouns"
        ):
            return None
        if self.kind is Kind.PERCENT and self.edge == self.first and words[noun[0]].lower not in _changes():
            return None
        if self.kind is Kind.FRACTION:
            return _Found(of=noun_behind(words, start, with_parts=True), rules=("context.part_of",))
        found = _Found(measure=noun, rules=("context.amount_noun",))
        head = words[noun[1] - 1].lower
        copula = self.verb is not None and in_class(words[self.verb], "be")
        if noun[1] < len(words) and words[noun[1]].lower in {"in", "for", "of"} and (copula or head in _changes()):
            object_ = noun_behind(words, noun[1] + 1)
            if object_ is not None:
                found.measure = (noun[0], object_[1])
                found.subject = object_ if head in _changes() else None
        return found

    def _add_apposition(self, found: _Found) -> None:
        """As in "net debt, now 2.9 times earnings, was": the subject stands in front of the comma."""
        words, at = self.words, self.edge - 1
        if at < 1 or words[at].text not in {",", "(", "—", "–"} or found.subject is not None:
            return
        closing = next(
            (end for end in range(self.last, min(len(words) - 1, self.last + 6)) if words[end].text in ",)—–"), None
        )
        if closing is None or not is_verb(words, closing + 1):
            return
        subject = noun_before(words, at)
        if subject is not None:
            found.subject = subject
            found.measure = found.measure or _bare(words, subject)
            found.rules = (*found.rules, "context.apposition")

    def _add_neighbour(self, found: _Found) -> None:
        """The noun right in front, or in front of a preposition, where nothing else is known: "an ottoman for $149"."""
        words, at = self.words, self.edge
        if at > 0 and words[at - 1].lower in _NEIGHBOUR_LINKS:
            at -= 1
        if at == 0 or is_verb(words, at - 1):
            return
        noun = _behind_numbers(words, noun_before(words, at))
        if noun is not None and words[noun[1] - 1].lower not in word_set("grammar", "no_nouns"):
            found.measure = _bare(words, noun)
            found.rules = ("context.noun_before",)

    def _age(self) -> _Found:
        words = self.words
        at = self.first - 1
        while at > 0 and words[at].lower in {"aged", "age", "at", "of", "the", "was", "is", "just", "only", ",", "("}:
            at -= 1
        if at == self.first - 1 and at >= 0 and words[at].text != ",":
            attributive = noun_behind(words, self.last)
            if attributive is not None:
                name = (attributive[1] + 1, attributive[1] + 1)
                while name[1] < len(words) and words[name[1]].capitalised:
                    name = (name[0], name[1] + 1)
                comma = attributive[1] < len(words) and words[attributive[1]].text == ","
                return _Found(subject=name if comma and name[1] > name[0] else attributive, rules=("context.age_noun",))
        found = _Found(rules=("context.age",))
        if self.verb is not None:
            found.predicate = (self.verb, self.verb + 1)
        if at >= 0 and words[self.first - 1].text in {",", "("} and noun_before(words, at + 1):
            found.subject = shortened(words, noun_before(words, at + 1) or (0, 0))
        else:
            found.subject = self._subject_of_verb() or self._pronoun_behind()
        return found

    def _pronoun_behind(self) -> Range | None:
        """As in "At age seventeen, she was told": the subject follows."""
        for at in range(self.last, min(len(self.words), self.last + 4)):
            if in_class(self.words[at], "subject_pronouns"):
                return at, at + 1
        return None

    # The verb and its subject

    def _subject_of_verb(self) -> Range | None:
        """The subject of the governing verb, or of one before it that shares its subject."""
        verb = self.verb
        for _ in range(_MOST_VERBS):
            if verb is None or verb < 0:
                return None
            subject = phrase_before(self.words, verb)
            if subject is not None and self.words[subject[0]].lower == "there":
                return None
            if subject is not None:
                standard = self._standard_of_comparison() if self._is_pronoun(subject) else None
                return standard or _without_times(self.words, _from_last_determiner(self.words, subject))
            verb = self._verb_before(verb)
        return None

    def _is_pronoun(self, span: Range) -> bool:
        return span[1] - span[0] == 1 and self.words[span[0]].lower in {"it", "this", "that", "they", "these"}

    def _standard_of_comparison(self) -> Range | None:
        """As in "it ran an hour longer than planned for the talks to last": behind a pronoun "for ... to" names it."""
        words, than = self.words, self.last + 1
        if than >= len(words) or words[than].lower != "than":
            return None
        after = [word.lower for word in words[than : than + _REACH]]
        if "for" not in after or "to" not in after[after.index("for") :]:
            return None
        start = than + after.index("for") + 1
        end = than + after.index("to", after.index("for"))
        plain = all(word.type is LexemeType.WORD for word in words[than:end])
        return (
            (start, end) if plain and end > start and not any(is_verb(words, at) for at in range(start, end)) else None
        )

    def _verb_before(self, verb: int) -> int | None:
        """The verb before; report verbs are put in and share no subject with what is reported."""
        says = word_set("attribution", "say")
        for at in range(verb - 1, max(-1, verb - _REACH), -1):
            if is_verb(self.words, at) and not is_auxiliary(self.words[at]) and self.words[at].lower not in says:
                return at
        return None

    def _subject_behind(self) -> Range | None:
        """As in "After half an hour, the team was": behind an opening phrase the subject follows the comma."""
        words = self.words
        opening = self.first
        while opening > 0 and words[opening - 1].type is LexemeType.WORD and words[opening - 1].lower != "that":
            opening -= 1
        if opening >= self.first or not in_class(words[opening], "prepositions"):
            return None
        comma = next(
            (at for at in range(self.counted, min(len(words), self.counted + 8)) if words[at].text == ","), None
        )
        if comma is None:
            return None
        for at in range(comma + 1, min(len(words), comma + _REACH)):
            if is_verb(words, at):
                subject = phrase_before(words, at)
                return subject if subject is not None and subject[0] > comma else None
        return None

    def _is_said(self) -> bool:
        """Whether the verb in front only reports, so that its subject is the speaker and not the claim's."""
        if self.verb is None or is_auxiliary(self.words[self.verb]):
            return False
        verb = self.words[self.verb].lower
        return verb in word_set("attribution", "say") - word_set("attribution", "acts")

    def _add_verb(self, found: _Found) -> None:
        """Fills subject, measure and predicate from the verb, where the constructions left them open."""
        if self.verb is None or self._is_said():
            found.subject = found.subject or self._subject_behind()
            return
        words, verb = self.words, self.verb
        found.predicate = (verb, verb + 1)
        if found.subject is None:
            found.subject = self._subject_of_verb()
        if found.measure is not None or found.of is not None or self.kind in {Kind.COUNT, Kind.NUMBER}:
            return
        between = self._object_between(verb)
        if between is not None:
            found.measure = _bare(words, between)
            found.rules = (*found.rules, "context.object_to_amount")
        elif found.subject is not None and words[verb].lower in word_set("grammar", "amounts"):
            found.measure = _bare(words, found.subject)
            found.rules = (*found.rules, "context.subject_verb_amount")
        elif found.subject is not None:
            found.rules = (*found.rules, "context.subject")

    def _object_between(self, verb: int) -> Range | None:
        """As in "put the likely size at $80 million": the noun between the verb and the preposition of the amount."""
        words = self.words
        at = self.edge - 1
        if at <= verb + 1 or words[at].lower not in {"to", "at", "by", "from", "for", "between"}:
            return None
        if words[at].lower == "between" and words[at - 1].lower == "to":
            at -= 1
        noun = noun_behind(words, verb + 1, with_parts=True)
        if noun is None or noun[1] > at:
            return None
        opens = words[noun[0]]
        return None if in_class(opens, "prepositions") or is_adverb(opens) else noun


_PART_KINDS = frozenset({Kind.PERCENT, Kind.FRACTION, Kind.COUNT, Kind.DURATION, Kind.NUMBER, Kind.MULTIPLE})
_NEIGHBOUR_LINKS = frozenset({"for", "from", "at", "over", "to", "(", ":"})
_PERCENT = frozenset({"cent", "percent", "%"})
_REACH = 40
_MOST_VERBS = 4


@cache
def _changes() -> frozenset[str]:
    return word_set("grammar", "change_nouns")


def _from_last_determiner(words: list[Lexeme], span: Range) -> Range:
    """The part of a noun phrase from an article inside it: what stands before is an adverb or a verb not in the lists
    ("last year the company", "the board proposed a dividend")."""
    for at in range(span[1] - 1, span[0], -1):
        if words[at].lower in {"the", "a", "an"} and not (
            in_class(words[at - 1], "prepositions") or words[at - 1].lower in {"and", "or", "than", ","}
        ):
            return at, span[1]
        if in_class(words[at], "prepositions"):
            break
    return span


def _without_times(words: list[Lexeme], span: Range) -> Range:
    """A subject without a phrase that holds a number: "Revenue for the 12 months" is "Revenue"."""
    start, end = span
    for at in range(start + 1, end):
        if in_class(words[at], "prepositions") and any(word.type is LexemeType.NUMBER for word in words[at:end]):
            return start, at
    return span


def _behind_numbers(words: list[Lexeme], span: Range | None) -> Range | None:
    """As in "0.3% to a close": the phrase behind the last number and its preposition."""
    if span is None:
        return None
    for at in range(span[1] - 1, span[0] - 1, -1):
        if words[at].type is LexemeType.NUMBER:
            links = [place for place in range(at, span[1]) if in_class(words[place], "prepositions")]
            start = next((place for place in reversed(links) if words[place].lower != "per"), None)
            if start is None:  # "a 5 per cent penalty"
                start = max((place for place in range(at, span[1]) if words[place].lower in _PERCENT), default=at)
            return (start + 1, span[1]) if start + 1 < span[1] else None
    return span


def _bare(words: list[Lexeme], span: Range | None) -> Range | None:
    """A noun phrase without its determiner and without what a preposition adds, but with "of"."""
    if span is None:
        return None
    start, end = span
    while start < end - 1 and in_class(words[start], "determiners"):
        start += 1
    for at in range(start + 1, end):
        if in_class(words[at], "prepositions") and words[at].lower not in {"of", "before", "after"}:
            return start, at
    while start < end and words[start].type is LexemeType.SYMBOL:
        start += 1
    pronoun = end - start == 1 and in_class(words[start], "subject_pronouns")
    return None if pronoun or (is_name(words, (start, end)) and end - start > 3) else (start, end)
