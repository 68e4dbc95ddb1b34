"""Articles as clients send them: JSON objects, plain text and web pages, checked and turned into `NewArticle`.

What is stored is exactly what was sent (line ends too), because every offset refers to it. What cannot be stored the
same way on every database, U+0000 and lone surrogates, is refused instead of repaired.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from api.countries import country_code
from api.main_text import MAX_TAGS, PageTooComplex, main_text
from api.patterns import URL, pattern_message
from api.problems import (
    ARTICLE_TOO_LONG,
    EMPTY_TEXT,
    FieldError,
    ProblemError,
    json_pointer,
    validation_error,
)
from models.submission import NewArticle

MAX_METADATA_BYTES = 16 * 1024
MAX_METADATA_DEPTH = 16
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_RFC3339 = re.compile(r"\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})?)?")


def parse_time(value: object) -> object:
    """The time of RFC 3339 in UTC; a date is its midnight. Raises ValueError that says what is wrong."""
    if not isinstance(value, str):
        raise ValueError("must be a date or a time of RFC 3339, in quotation marks")
    if not _RFC3339.fullmatch(value):
        raise ValueError("must be a date or a time of RFC 3339, such as 2023-04-18T09:30:00Z")
    try:
        if len(value) == 10:
            return datetime.combine(date.fromisoformat(value), time.min, UTC)
        found = datetime.fromisoformat(value.upper())
        return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("is not a time that exists") from None


def _metadata(value: dict[str, Any]) -> dict[str, Any]:
    if _depth(value) > MAX_METADATA_DEPTH:
        raise ValueError(f"may be nested at most {MAX_METADATA_DEPTH} levels deep")
    if len(json.dumps(value, ensure_ascii=False).encode()) > MAX_METADATA_BYTES:
        raise ValueError(f"may take at most {MAX_METADATA_BYTES:,} bytes as JSON")
    return value


def _depth(value: object) -> int:
    depth, level = 0, [value]
    while level:
        depth += 1
        level = [child for each in level for child in _children(each)]
    return depth - 1


def _children(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


class ArticleIn(BaseModel):
    """An article: exactly one of `text` and `html`, and what is known about it."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        title="NewArticle",
        json_schema_extra={
            "oneOf": [
                {"required": ["text"], "properties": {"text": {"type": "string"}}},
                {"required": ["html"], "properties": {"html": {"type": "string"}}},
            ],
            "examples": [
                {
                    "text": "Zespri expects sales of $750 million in Japan this year, up 12 per cent.",
                    "title": "Kiwifruit sales to grow",
                    "url": "https://news.example/kiwifruit",
                    "published_at": "2023-04-18T09:30:00Z",
                    "publisher": "Example News",
                    "country": "NZ",
                    "external_id": "story-1234",
                    "metadata": {"desk": "business"},
                }
            ],
        },
    )

    text: str | None = Field(default=None, description="stored as it is; all offsets count its Unicode code points")
    html: str | None = Field(default=None, description="a web page; its main text is found and stored")
    title: str | None = Field(default=None, max_length=1000)
    url: str | None = Field(default=None, max_length=2000, pattern=URL)
    published_at: Annotated[datetime | None, BeforeValidator(lambda v: v if v is None else parse_time(v))] = Field(
        default=None,
        description="RFC 3339; a date alone or a time without a zone is taken as UTC",
        json_schema_extra={"anyOf": [{"type": "string"}, {"type": "null"}]},
    )
    publisher: str | None = Field(default=None, max_length=200)
    country: Annotated[str, AfterValidator(country_code)] | None = Field(
        default=None, description="ISO 3166, two letters"
    )
    language: Literal["en"] = Field(default="en", description="only English is understood")
    external_id: str | None = Field(default=None, max_length=200, description="your own name for the article")
    metadata: Annotated[dict[str, Any], AfterValidator(_metadata)] | None = Field(
        default=None, description=f"any JSON object of up to {MAX_METADATA_BYTES:,} bytes; given back as it came"
    )


@dataclass(frozen=True, slots=True)
class ArticleReader:
    """Turns what clients send into articles; ``max_characters`` bounds the text of one."""

    max_characters: int

    def from_json(self, value: object) -> NewArticle:
        """An article from a JSON value; raises a problem that names every field that is wrong."""
        if not isinstance(value, dict):
            raise validation_error([FieldError("", "must be an object")], what="article")
        errors = list(_unstorable(value))
        if errors:
            raise validation_error(errors, what="article")
        try:
            article = ArticleIn.model_validate(value)
        except ValidationError as error:
            found = [FieldError(json_pointer(each["loc"]), field_message(each)) for each in error.errors()]
            raise validation_error(found, what="article") from None
        if (article.text is None) == (article.html is None):
            raise validation_error([FieldError("", "must hold exactly one of text and html")], what="article")
        return self._from_fields(article)

    def from_text(self, text: str) -> NewArticle:
        """An article that is nothing but its text."""
        return NewArticle(text=self._checked(text, "", ""))

    def from_html(self, html: str) -> NewArticle:
        """An article from a web page: its main text and its title."""
        text, title = self._read_page(html, "")
        return NewArticle(text=text, title=title)

    def _from_fields(self, article: ArticleIn) -> NewArticle:
        if article.html is None:
            text, title = self._checked(article.text or "", "/text", "text"), article.title
        else:
            text, title = self._read_page(article.html, "/html")
            title = article.title if article.title is not None else title
        return NewArticle(
            text=text,
            title=title,
            url=article.url,
            published_at=article.published_at,
            publisher=article.publisher,
            country=article.country,
            language=article.language,
            external_id=article.external_id,
            extra=article.metadata or {},
        )

    def _read_page(self, html: str, pointer: str) -> tuple[str, str | None]:
        # The parser would stop at U+0000; pages are cleaned by it anyway, so this loses nothing that could be kept.
        try:
            found = main_text(_UNSTORABLE.sub("\ufffd", html)) if html.strip() else None
        except PageTooComplex:
            raise ProblemError(ARTICLE_TOO_LONG, f"The page has more than {MAX_TAGS:,} tags.") from None
        if found is None:
            error = FieldError(pointer, "no main text was found in the page")
            raise ProblemError(EMPTY_TEXT, "No main text was found in the page.", errors=[error])
        title = found.title[:1000] if found.title else None
        return self._checked(found.text, pointer, "main text"), title

    def _checked(self, text: str, pointer: str, name: str) -> str:
        if len(text) > self.max_characters:
            detail = f"The text has {len(text):,} characters; at most {self.max_characters:,} are accepted."
            raise ProblemError(ARTICLE_TOO_LONG, detail)
        found = _UNSTORABLE.search(text)
        if found:
            raise validation_error([FieldError(pointer, _unstorable_message(found))], what=name or "body")
        if not text.strip():
            error = FieldError(pointer, "must hold more than white space")
            raise ProblemError(EMPTY_TEXT, "The text is empty or white space.", errors=[error])
        return text


def field_message(error: ErrorDetails) -> str:
    """What is wrong with a field, in words for a client; the value itself is not repeated."""
    context = error.get("ctx") or {}
    match error["type"]:
        case "extra_forbidden":
            return "is not a known field"
        case "missing":
            return "is required"
        case "string_too_long":
            return f"may have at most {context['max_length']:,} characters"
        case "string_pattern_mismatch":
            return pattern_message(context["pattern"])
        case "literal_error":
            return f"must be {context['expected']}"
        case "dict_type":
            return "must be an object"
        case "string_type":
            return "must be a string"
        case "value_error":
            return error["msg"].removeprefix("Value error, ")
        case _:
            message = re.sub("^Input should be ", "must be ", error["msg"])
            return message[:1].lower() + message[1:]


def _unstorable(value: dict[str, Any]) -> Iterator[FieldError]:
    """The strings (keys too) that no database can hold, wherever they stand in the object."""
    waiting: list[tuple[tuple[str | int, ...], object]] = [((), value)]
    while waiting:
        path, current = waiting.pop()
        if isinstance(current, str):
            # The parser of pages replaces such characters.
            found = None if path == ("html",) else _UNSTORABLE.search(current)
            if found:
                yield FieldError(json_pointer(path), _unstorable_message(found))
        elif isinstance(current, dict):
            waiting.extend(((*path, key), child) for key, child in current.items())
            yield from (
                FieldError(json_pointer((*path, key)), f"the name {_unstorable_message(found)}")
                for key in current
                if (found := _UNSTORABLE.search(key))
            )
        elif isinstance(current, list):
            waiting.extend(((*path, index), child) for index, child in enumerate(current))


def _unstorable_message(found: re.Match[str]) -> str:
    name = "U+0000" if found.group() == "\x00" else f"the lone surrogate U+{ord(found.group()):04X}"
    return f"holds {name} at character {found.start()}"
