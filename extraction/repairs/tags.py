"""Mends parts of speech that the words beside rule out: behind "its" stands no verb, "shrank" is no noun."""

from extraction.repairs.headlines import OPENING, verb_up
from extraction.text.nouns import is_quantity
from extraction.text.words import word_set
from extraction.trees.labels import NAMING, SUBJECTS
from extraction.trees.tree import Tree

_NOUN_TAGS = frozenset(("NN", "NNS"))
_NAMING_OR_VERB = frozenset((*NAMING, "VERB"))
_NOUNS_ARE = frozenset(("obj", "obl", "nsubj", "nmod", "iobj"))
_CLAUSES = frozenset(("conj", "ccomp", "advcl", "parataxis", "ROOT"))
_SUBJECT_AS = frozenset(("compound", "amod", "nmod", "nsubj"))
_IN_NAMES = frozenset(("amod", "compound", "flat"))
_MISTAKEN = frozenset(("VB", "WP"))
_OF_SUBJECT = frozenset(("det", "amod", "compound", "nmod", "nummod"))
_VERBS_ALONE = word_set("syntax", "verbs_alone")
_MULTIPLYING = word_set("syntax", "multiplying")
_UP_OR_DOWN = frozenset(("up", "down"))
_ARTICLES = word_set("grammar", "articles")


def mend_tags(tree: Tree, tops: list[int]) -> None:
    """Repairs ``tree`` in place; ``tops`` are the tokens that stand for its amounts, in text order."""
    fine = tree.fine
    for token, tag in enumerate(tree.tags):
        if tag == "VERB" or fine[token] in _MISTAKEN:
            _mend_tag(tree, token, tag, fine[token])
    _behind_article(tree)
    _quantifiers(tree)
    for (first, last), top in zip(tree.amounts, tops, strict=True):
        if first > 1:
            _averages(tree, top, first)
            if tree.tags[first - 1] == "VERB":
                _capitals(tree, first - 1)
            if tree.lower[first - 1] in _UP_OR_DOWN:
                verb_up(tree, first - 2, last)
        if last == first + 1 and tree.lower[top] in _MULTIPLYING:
            _multiplies(tree, top)
    objects, alone = tree.relations.count("obj"), not _VERBS_ALONE.isdisjoint(tree.vocabulary)
    for token in range(1, len(tree.words) if objects > 1 or alone else 0):
        if alone and tree.tags[token] in _NAMING_OR_VERB and tree.tags[token - 1] in NAMING:
            _past_for_noun(tree, token)
        if tree.relations[token] == tree.relations[token - 1] == "obj":
            _first_of_object(tree, token - 1)


def _mend_tag(tree: Tree, token: int, tag: str, form: str) -> None:
    if tag == "VERB" and form in _NOUN_TAGS and _stands_as_noun(tree, token):
        tree.tags[token] = "NOUN"  # "opened talks with unions", "Net profit up 8%"
    elif tag == "VERB" and (tree.lower[token] in word_set("syntax", "never_verbs") or _labels_price(tree, token)):
        _noun_for_verb(tree, token)
    elif tag == "VERB" and form == "VBZ" and _is_before_verb(tree, token):
        _first_noun(tree, token)
    elif form == "VB" and token < tree.heads[token] and is_quantity(tree.lower[token]):
        _noun_in_front(tree, token)
    elif tag == "VERB" and form == "NNP" and tree.base(token) in _IN_NAMES:
        tree.tags[token] = "PROPN"  # "the United States"
    elif form == "WP" and tree.words[token].isupper():
        _acronym(tree, token)


def _quantifiers(tree: Tree) -> None:
    """Makes "most" right in front of its finite verb the subject: "Most paid £5", "Of those, most earn $40"."""
    if "most" not in tree.vocabulary:
        return
    for token in range(len(tree.words) - 1):
        verb = tree.heads[token]
        if tree.lower[token] != "most" or verb != token + 1 or tree.base(token) != "advmod":
            continue
        opens = token == 0 or tree.words[token - 1] in OPENING or tree.tags[token - 1] == "CCONJ"
        if opens and tree.fine[verb] in _PLAIN_FORMS and not tree.own(verb, *SUBJECTS):
            tree.tags[token], tree.fine[token], tree.relations[token] = "PRON", "JJS", "nsubj"


_PLAIN_FORMS = frozenset(("VBD", "VBP", "VB"))


def _stands_as_noun(tree: Tree, token: int) -> bool:
    if tree.base(token) == "ROOT":
        subjects = tree.own(token, "nsubj")
        if subjects == [token - 1] and tree.amount_at[token + 1 : token + 2] not in ([], [-1]):
            tree.relations[token - 1] = "compound"  # "Free cash flow £15.8m"
            return True
        return not subjects
    return tree.base(token) in _NOUNS_ARE or tree.lower[token + 1 : token + 2] == ["of"]  # "bid of $214,750"


def _noun_for_verb(tree: Tree, token: int) -> None:
    """Makes a plural noun of a form that no verb has: "Ticket sales 4,000 a day"."""
    tree.tags[token], tree.fine[token] = "NOUN", "NNS"
    if token and tree.heads[token - 1] == token and tree.base(token - 1) == "nsubj":
        tree.relations[token - 1] = "compound"


def _labels_price(tree: Tree, token: int) -> bool:
    """Whether a label of prices opens the line, with a bound and money behind: "Offers over £285,000"."""
    return not token and tree.lower[0] in word_set("listings", "labels_of_prices") and tree.tags[1:3] == ["ADV", "SYM"]


def _is_before_verb(tree: Tree, token: int) -> bool:
    """Whether a plural stands between noun and verb: "costs" in "staff costs increased 14 per cent"."""
    verb, noun = tree.heads[token], token - 1
    own = noun >= 0 and tree.heads[noun] == token and tree.base(noun) == "nsubj" and tree.fine[noun] == "NN"
    plural = tree.lower[token].endswith("s") and tree.lower[token] not in word_set("cues", "proverbs")
    return own and plural and verb == token + 1 and tree.fine[verb] in {"VBD", "VBZ"}


def _first_noun(tree: Tree, token: int) -> None:
    tree.tags[token], tree.fine[token], tree.relations[token] = "NOUN", "NNS", "nsubj"
    tree.relations[token - 1] = "compound"


def _noun_in_front(tree: Tree, token: int) -> None:
    """Makes a subject of a supposed verb: "With that, inflow in the first half stood at $4bn"."""
    verb = tree.heads[token]
    own = [at for at, head in enumerate(tree.heads) if head == token]
    taken = any(at < verb for at in tree.own(verb, *SUBJECTS))
    if taken or tree.tags[token + 1] != "ADP" or any(tree.base(at) not in {"obl", "punct"} for at in own):
        return
    tree.tags[token], tree.fine[token], tree.relations[token] = "NOUN", "NN", "nsubj"
    for at in own:
        tree.heads[at], tree.relations[at] = (verb, tree.relations[at]) if at < token else (token, "nmod")


def _acronym(tree: Tree, token: int) -> None:
    """Makes a name of capitals behind an article, and a noun of what follows: "three times the WHO limit"."""
    noun = tree.heads[token]
    led = token > 0 and tree.lower[token - 1] in _ARTICLES
    if not led or noun != token + 1 or tree.base(token) != "nsubj" or tree.tags[noun] != "VERB":
        return
    clause = tree.relations[noun] == "acl:relcl"
    if not clause and tree.base(noun) not in _NOUNS_ARE:
        return
    tree.tags[token], tree.fine[token], tree.relations[token] = "PROPN", "NNP", "compound"
    tree.tags[noun], tree.fine[noun] = "NOUN", "NN"
    tree.relations[noun] = "nmod" if clause else tree.relations[noun]
    for at, head in enumerate(tree.heads):
        if head == noun and at > noun and tree.base(at) == "obl":
            tree.relations[at] = "nmod"


def _averages(tree: Tree, top: int, first: int) -> None:
    """Makes a verb of a word behind a plural: "Rents average €2,400", "Fares start at €5", "Losses amount to €5"."""
    led = _LED.get(tree.lower[first - 2]) == tree.lower[first - 1]
    verb = first - 2 if led else first - 1
    noun = verb - 1
    if noun < 0 or tree.tags[verb] == "VERB" or not (led or tree.lower[verb] in {"average", "total"}):
        return
    single = tree.lower[verb] == "accounts"  # "Coal accounts for 20%"
    if single and (tree.base(verb) != "ROOT" or tree.words[top] not in _PERCENT):
        return
    named = tree.tags[noun] in NAMING or (tree.tags[noun] == "ADJ" and tree.base(noun - 1) == "det")  # "the final"
    if not named:
        return
    subject = noun
    while subject > 0 and (tree.tags[subject] in NAMING or subject == noun) and tree.fine[subject] != "NNS":
        behind = next((at for at in range(subject - 1, -1, -1) if tree.tags[at] == "ADP"), 0)
        if single and not behind:
            break
        subject = behind - 1  # "Rents in the city"
    many = subject >= 0 and (single or tree.fine[subject] == "NNS")
    if not many or any(tree.tags[at] == "VERB" for at in range(subject, verb)):
        return
    outside = tree.heads[subject] not in range(subject, first + 1) or tree.heads[subject] == subject
    outer = subject if outside else verb
    above, relation = tree.heads[outer], tree.relations[outer]
    for token, head in enumerate(tree.heads):
        if head == verb and token < noun:
            tree.heads[token] = noun
        elif head == subject and (token > top or tree.tags[token] == "PUNCT"):
            tree.heads[token] = verb
    if noun != subject and tree.heads[noun] == verb:
        tree.heads[noun], tree.relations[noun] = subject, "nmod"
    tree.tags[verb], tree.fine[verb] = "VERB", "VBP"
    root = above in {outer, verb, top, subject}
    tree.heads[verb], tree.relations[verb] = (verb, "ROOT") if root else (above, relation)
    tree.heads[subject], tree.relations[subject] = verb, "nsubj"
    tree.heads[top], tree.relations[top] = verb, "obl" if led else "obj"


_PERCENT = frozenset(("%", "percent", "cent", "pc"))
_LED = {
    "account": "for",
    "accounts": "for",
    "start": "at",
    "begin": "at",
    "peak": "at",
    "price": "in",
    "amount": "to",
    "range": "from",
}


def _capitals(tree: Tree, at: int) -> None:
    """Makes a name of capitals between a joint and an amount: "Net profit €5.3m; EPS 44c"."""
    if tree.words[at].isupper() and tree.words[at - 1] in {";", ","}:
        tree.tags[at], tree.fine[at] = "PROPN", "NNP"


def _multiplies(tree: Tree, verb: int) -> None:
    """Makes a verb of a multiple behind its noun: "Heart attack risk doubles after one night, study warns"."""
    subject, report = verb - 1, tree.heads[verb]
    if tree.tags[verb] not in NAMING or subject < 0:
        return
    if tree.heads[subject] != verb or tree.base(subject) not in _SUBJECT_AS or tree.tags[subject] not in NAMING:
        return
    for mark in range(subject):
        opens = tree.relations[mark] in {"mark", "case"} and tree.heads[mark] in {subject, verb}
        if opens and tree.lower[mark] in word_set("syntax", "conjunctions_like_prepositions"):
            tree.heads[mark], tree.relations[mark], tree.relations[verb] = verb, "mark", "advcl"  # "as profit halves"
    if report != verb and tree.base(verb) not in _CLAUSES:
        return
    tree.tags[verb], tree.fine[verb] = "VERB", "VBZ"
    for token, head in enumerate(tree.heads):
        if head == verb and token < subject and tree.base(token) in _OF_SUBJECT:
            tree.heads[token] = subject
        elif head == verb and token > verb and tree.base(token) == "nmod":
            tree.relations[token] = "obl"
    tree.relations[subject] = "nsubj"


def _past_for_noun(tree: Tree, verb: int) -> None:
    """Makes a verb of a form that is no noun, behind its subject: "its market share shrank to 3 per cent"."""
    if tree.lower[verb] not in _VERBS_ALONE:
        return
    subject = verb - 1
    opens = tree.heads[verb] == verb or tree.base(verb) in _CLAUSES
    if not opens or tree.heads[subject] != verb or tree.base(subject) not in _SUBJECT_AS:
        return
    tree.tags[verb], tree.fine[verb] = "VERB", "VBD"
    for token, head in enumerate(tree.heads):
        if head == verb and token > verb and (tree.base(token) == "nmod" or tree.amount_at[token] >= 0):
            tree.relations[token] = "obl"
    tree.relations[subject] = "nsubj"


def _first_of_object(tree: Tree, token: int) -> None:
    """Makes the first of two objects part of the other: "will cut journey times", "lifted its forecast payout"."""
    noun = token + 1
    if not tree.heads[token] == tree.heads[noun] < token:
        return
    if tree.lower[noun] in word_set("syntax", "forecasts") and tree.tags[token] == "NOUN":
        _forecast_as_object(tree, token, noun)  # "cut its growth outlook to 1.2%"
        return
    spanned = tree.heads[token - 1] == noun and tree.fine[token] == "NN"
    if spanned or (tree.fine[token] == "VB" and tree.fine[noun] == "NNS"):
        tree.tags[token], tree.fine[token] = "NOUN", "NN"
        tree.heads[token], tree.relations[token] = noun, "compound"


def _forecast_as_object(tree: Tree, token: int, noun: int) -> None:
    verb = tree.heads[noun]
    tree.tags[noun], tree.fine[noun] = "NOUN", "NN"
    for at, head in enumerate(tree.heads):
        if head == token and at < token:
            tree.heads[at] = noun
        elif head == noun and at > noun and tree.base(at) == "obl":
            tree.heads[at] = verb
    tree.heads[token], tree.relations[token] = noun, "compound"


def _behind_article(tree: Tree) -> None:
    """Makes a noun of what has an article: "want a 12% raise over three years", "lifted its dividend 12%"."""
    for token, relation in enumerate(tree.relations):
        if relation == "det" or relation == "nmod:poss":
            noun = tree.heads[token]
            owned = noun > token and tree.tags[noun] == "VERB" and tree.lower[token] in _ARTICLES
            if owned and tree.base(noun) in _NOUNS_ARE:
                tree.tags[noun], tree.fine[noun] = "NOUN", "NN"
