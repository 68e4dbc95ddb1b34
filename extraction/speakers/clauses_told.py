"""Tells by what stands behind a verb of several meanings that it reports: "pointed out that", "reported sales were"."""

from extraction.speakers.noun_phrases import Range
from extraction.speakers.reported import only_rest
from extraction.speakers.who_speaks import agrees
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import is_plural
from extraction.text.numeral import is_numeral
from extraction.text.word_classes import has_verb, in_class, is_adverb, is_auxiliary, is_relative, is_verb
from extraction.text.words import word_set

_TO_VERB = 12  # lexemes of "It shows that the firm which owns the plant has"
_LONGEST_STATE = 6  # lexemes of "the number of pupils was"


def _is_noun_described(words: list[Lexeme], at: int) -> bool:
    """Whether a relative clause behind a comma shows that the word is a noun, and no verb:
    "the yield on Treasury notes, which had topped 5%"."""
    plural = words[at].lower.endswith("s") and words[at].lower in word_set("attribution", "either")
    described = at + 2 < len(words) and words[at + 1].text == "," and is_relative(words[at + 2])
    return plural and described


def _describes_noun(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether pronoun and verb are a clause without "that":
    "The three funds he advises hold debt"; not in "This week he announced losses".

    In "The fund she says has 300 members" she gives it the members, and "The total he reported was $4m" is his.
    """
    pronoun = subject[0]
    if subject[1] - pronoun != 1 or not in_class(words[pronoun], "subject_pronouns") or pronoun < _SHORTEST_NOUN:
        return False
    start = pronoun
    while start > 0 and words[start - 1].type in _IN_NOUNS and pronoun - start < _LONGEST_NOUN:
        start -= 1
    inside = words[start + 1 : pronoun]
    opens = in_class(words[start], "articles", "determiners") or is_numeral(words[start])
    closed = any(in_class(word, "prepositions", "coordinators", "subordinators", "subject_pronouns") for word in inside)
    times = word_set("syntax", "times") | word_set("attribution", "later")  # "Two days later he said"
    timed = any(word.lower in times for word in words[start:pronoun])
    timed = timed or words[pronoun - 1].lower in word_set("attribution", "say", "mind", "show")
    if not opens or not inside or closed or timed or has_verb(inside[:-1]):
        return False
    embeds = words[at].lower in word_set("attribution", "embedding", "mind")
    figure = any(in_class(word, "be") for word in words[at + 1 : at + _TO_FIGURE])
    return not embeds and not figure


_SHORTEST_NOUN, _LONGEST_NOUN = 2, 7  # lexemes of "The funds", "The three largest pension funds"
_TO_FIGURE = 5  # lexemes of "in May was"
_IN_NOUNS = (LexemeType.WORD, LexemeType.NUMBER)


def opens_that(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether "that" and a clause stand behind the verb, so that its subject says it:
    "Two doctors pointed out that 94 per cent were white", "The club maintains that 12 were ill"."""
    behind = [word.lower for word in words[at + 1 : at + 4]]
    out = behind[:1] == ["out"]
    if out:
        del behind[0]
    told = behind[:1] == ["that"] and not (behind[1:] and behind[1] in word_set("syntax", "times"))  # "that night"
    verb = words[at].lower
    says = verb.endswith("ed") and verb in word_set("attribution", "say")
    # "points out that", "The town, which has grown, projects that"
    if told and (out or words[at - 1].text == ",") and verb.endswith("s"):
        return True
    if told and says and verb not in {"agreed", "announced"}:
        return True
    return told and _is_clause(words, at + 2) and _agrees_with(words, at, subject)


def _is_clause(words: list[Lexeme], at: int) -> bool:
    """Whether what stands behind "that" is a clause of its own: "that 12 were ill", not "that were lost"."""
    word = words[at] if at < len(words) else None
    if word is None or is_auxiliary(word) or is_verb(words, at):
        return False
    led = word.capitalised or word.lower.endswith("ing") or is_numeral(word)
    return led or in_class(word, "determiners", "articles", "subject_pronouns")


def _agrees_with(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether the verb has the number of its subject, also in front of a participle:
    "Consultants hired by the county estimate", "The club maintains"; not in "Two reports claims that"."""
    if not words[at].lower.endswith("s"):
        return agrees(words, at, subject)
    first, head = words[subject[0]], words[subject[1] - 1]
    # "An audit tabled last month claims"
    beside = subject[1] == at or words[at - 1].lower in word_set("syntax", "times")
    return in_class(first, "articles") and beside and not is_plural(head.lower)


def _finds_a_share(words: list[Lexeme], at: int) -> bool:
    """Whether an amount with a verb of its own stands at ``at``:
    "found 12% of bees had died", behind the verb; not "found 12 bodies"."""
    if at >= len(words) or not is_numeral(words[at]):
        return False
    for word in words[at + 1 : at + _LONGEST_STATE]:
        if in_class(word, "be", "have", "modals"):
            return True
        inside = word.type is LexemeType.NUMBER or word.lower == "of" or word.text == "%"
        if not inside and (word.type is not LexemeType.WORD or in_class(word, "prepositions", "relatives")):
            return False
    return False


def follows_quotation(words: list[Lexeme], at: int) -> bool:
    """Whether a quotation, a pronoun and the verb in the past stand together: '"It cost £400," he pointed out.'."""
    told = words[at].lower.endswith("ed") and at > 1 and words[at - 2].text == '"'
    return told and in_class(words[at - 1], "subject_pronouns")


def projects_amount(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether the word stands in front of an amount and agrees with its subject, so that it is no plural:
    "A consultant hired by the team projects 5,100 fans a game"."""
    amount = at + 1 < len(words) and is_numeral(words[at + 1])
    return amount and words[at].lower in word_set("attribution", "mind") and _agrees_with(words, at, subject)


def reports_state(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether "reported" stands in front of a clause without "that":
    "Schools reported attendance was down"; not in "cases reported in May were mild"."""
    if words[at].lower not in {"report", "reported"} or not is_plural(words[subject[1] - 1].lower):
        return False
    for k in range(at + 1, min(len(words), at + _LONGEST_STATE)):
        word = words[k]
        if in_class(word, "be", "have"):
            return k > at + 1
        closed = in_class(word, "prepositions", "coordinators", "subordinators") and k == at + 1
        if closed or word.type is not LexemeType.WORD or word.lower in word_set("syntax", "times") or is_adverb(word):
            return False
    return False


def tells_nothing(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether the verb tells no more than "no", or describes a noun, or is passive:
    "said no within an hour", "Purchases declared by traders fell"; not in "said no decision was"."""
    if at + 2 >= len(words):
        return False
    if _is_noun_described(words, at) or _describes_noun(words, at, subject):
        return True
    verb, behind, last = words[at].lower, words[at + 1].lower, words[at + 2]
    if verb in {"said", "says", "say"} and behind in word_set("attribution", "said_shortly"):
        return last.type is not LexemeType.WORD or in_class(last, "prepositions")
    by = verb.endswith("ed") and behind == "by" and last.type is LexemeType.WORD
    return by and last.lower not in word_set("attribution", "told_by")


def shows_again(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether "it" or "they" open the sentence and show what a clause says:
    "It shows the firm owes $3m" behind a sentence that names a report; not in "It shows 40 films"."""
    if subject != (0, 1) or words[0].lower not in {"it", "they"} or words[at].lower not in {"shows", "showed", "show"}:
        return False
    behind = words[at + 1 : at + _TO_VERB]
    opens = bool(behind) and (behind[0].lower == "that" or in_class(behind[0], "determiners", "articles"))
    return opens and has_verb(behind)


def has_opinion(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether only who has a mind does what the verb says, and the subject may have one:
    "Retailers expect sales to rise", "Acme expects 3 million visitors"."""
    head = words[subject[1] - 1]
    minded = words[at].lower in word_set("attribution", "minded") and head.type is LexemeType.WORD
    return minded and head.lower not in word_set("attribution", "nobody")


def finds_a_fact(words: list[Lexeme], at: int) -> bool:
    """Whether a fact is found, with a clause behind the verb or all of it in front:
    "found that 12 were dead", "..., researchers have found."; not in "found 12 bodies"."""
    if (at + 1 < len(words) and words[at + 1].lower == "that") or _finds_a_share(words, at + 1):
        return True
    start = at
    while start > 0 and words[start].text != "," and at - start < _TO_COMMA:
        start -= 1
    behind = words[at + 1].text if at + 1 < len(words) else ""  # "..., the auditors found, and 23 officers"
    return words[start].text == "," and start > 0 and (behind == "," or only_rest(words, at + 1))


_TO_COMMA = 16  # lexemes


def closes_sentence(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether it closes the sentence behind a comma, where anybody definite may report:
    "..., the miner reported on Tuesday."."""
    behind = words[at + 1].lower if at + 1 < len(words) else "."
    definite = words[subject[0]].lower == "the" and subject[0] > 0 and words[subject[0] - 1].text == ","
    return definite and subject[1] == at and behind in word_set("attribution", "closers")
