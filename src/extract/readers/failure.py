"""One document that could not be read: what is wrong, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from extract.errors import DocumentError

__all__ = ["REMEDIES", "Failure", "refusal"]

REMEDIES = {
    "missing": "Check the spelling of the path, or quote the pattern so that the shell does not change it.",
    "unreadable": "Give yourself permission to read it (chmod u+r), or leave it out.",
    "empty": "Leave it out, or check how it was made: there is no text in it.",
    "binary": "Give the article's text as .txt, .md, .html or .jsonl.",
    "bad_encoding": "Save the file as UTF-8.",
    "non_english": "Only English text is understood: leave the document out, or translate it.",
    "too_large": "Split it into one document an article, or raise the size limit.",
    "too_nested": "The page is damaged or hostile: save the article's text as .txt instead.",
    "unsupported": "Convert it to one of the known formats: .txt, .md, .html, .jsonl, .jsonl.gz.",
    "broken_json": 'Each line must be one JSON object such as {"id": "a1", "text": "..."}.',
    "missing_field": 'Each line needs an "id" and a "text".',
    "bad_field": "See docs for the gold format, or remove the field.",
    "bad_offsets": "Offsets are half-open code points into this line's text, counted from 0.",
    "duplicate_id": "Give each document an id of its own; the first one was kept.",
}
"""What to do, by reason code. A more exact remedy may be given where the fault is found."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One refused document.

    `id` is the document's id where it has one, else the name of the input. `reason` is a key of `REMEDIES`.
    `path` is the input as it was given to the run.
    """

    id: str
    reason: str
    message: str
    remedy: str
    path: str = ""

    @classmethod
    def from_error(cls, error: DocumentError, *, id: str, path: str) -> Failure:
        """The failure that stands for `error`."""
        return cls(id=id, reason=error.reason, message=error.message, remedy=error.remedy, path=path)

    def __str__(self) -> str:
        return f"{self.id}: {self.message} {self.remedy}".rstrip()


def refusal(reason: str, message: str, *, remedy: str = "") -> DocumentError:
    """The error for `reason`, with that reason's usual remedy unless another is given."""
    return DocumentError(message, reason=reason, remedy=remedy or REMEDIES[reason])
