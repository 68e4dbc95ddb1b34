"""Claims as W3C Web Annotations (https://www.w3.org/TR/annotation-model/) with a schema.org value as their body.

The context of the recommendation defines the prefix ``schema``, so no other context is needed.
"""

from typing import Any

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'

# Characters of the sentence around the quote: enough to find it again in a text that was edited elsewhere.
_SURROUNDING_CHARACTERS = 40


def annotation(claim: dict[str, Any], *, base: str, created: str, url: str | None = None) -> dict[str, Any]:
    """A claim as an annotation of its article, without ``@context``.

    ``base`` is the address of the server without a slash at its end, ``created`` an RFC 3339 time, ``url`` where the
    article was published.
    """
    source: dict[str, Any] = {"id": f"{base}/v1/articles/{claim['article_id']}", "type": "Text", "language": "en"}
    if url is not None:
        source["via"] = url
    return {
        "id": f"{base}/v1/claims/{claim['id']}",
        "type": "Annotation",
        "motivation": "describing",
        "created": created,
        "generator": {"id": f"{base}/", "type": "Software", "name": claim["pipeline"]},
        "body": [_value(claim), {"type": "TextualBody", "purpose": "classifying", "value": claim["kind"]}],
        "target": {"type": "SpecificResource", "source": source, "selector": _selectors(claim)},
    }


def page_head(*, page_id: str, collection_id: str, next_id: str | None = None) -> dict[str, Any]:
    """An annotation page without its ``items``; ``next_id`` is the page after it, where there is one."""
    collection = {"id": collection_id, "type": "AnnotationCollection", "label": "Numeric claims"}
    head = {"@context": CONTEXT, "id": page_id, "type": "AnnotationPage", "partOf": collection}
    return head if next_id is None else {**head, "next": next_id}


def _value(claim: dict[str, Any]) -> dict[str, Any]:
    """The number as a schema.org value; all numbers are decimal strings, which lose nothing."""
    currency, unit = claim["currency"], claim["unit"]
    body: dict[str, Any] = {"type": "schema:MonetaryAmount" if currency else "schema:QuantitativeValue"}
    if currency:
        body["schema:currency"], unit = currency["code"], None
    if claim["per"]:
        unit = f"{unit or ''} per {claim['per']['unit']}".strip()
    if unit is not None:
        body["schema:unitText"] = unit
    for name, key in (("value", "schema:value"), ("low", "schema:minValue"), ("high", "schema:maxValue")):
        if claim[name] is not None:
            body[key] = claim[name]
    about = next((claim[name]["text"] for name in ("measure", "subject") if claim[name]), None)
    if about is not None:
        body["schema:name"] = about
    return body


def _selectors(claim: dict[str, Any]) -> list[dict[str, Any]]:
    sentence = claim["sentence"]
    before = sentence["text"][: max(0, claim["start"] - sentence["start"])]
    after = sentence["text"][max(0, claim["end"] - sentence["start"]) :]
    quote = {"type": "TextQuoteSelector", "exact": claim["text"]}
    if before:
        quote["prefix"] = before[-_SURROUNDING_CHARACTERS:]
    if after:
        quote["suffix"] = after[:_SURROUNDING_CHARACTERS]
    return [{"type": "TextPositionSelector", "start": claim["start"], "end": claim["end"]}, quote]
