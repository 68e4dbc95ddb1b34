"""Days on which a register of holders is read, where a dividend is paid on another: "to holders on 5 April"."""

from extraction.text.words import word_set

_LONGEST = 9  # words from the holders to the day


def dates_holders(words: list[str], text: str, end: int) -> bool:
    """Whether the time that ends at ``end`` says who is paid; ``words`` are those of the clause in front of it.

    As in "payable 3 May to holders on 5 April", "record date Sept 12".
    """
    if words[-2:] in (["record", "date"], ["record", "date:"]) or text.startswith(_AS_RECORD, end):
        return True
    near = words[-_LONGEST:]
    held = [at for at, word in enumerate(near) if word in word_set("times", "holders")]
    if held and not word_set("times", "of_payouts").isdisjoint(words):
        return held[-1] + 1 < len(near) and set(near[held[-1] + 1 :]) <= word_set("times", "of_record")
    recorded = "record" in words and words[words.index("record") + 1 :][:1] == ["date"]
    return recorded and words[-1] in word_set("times", "before_record_dates") and words[-2] not in ("payable", "paid")


_AS_RECORD = (" as record date", " as the record date", " is the record date")
