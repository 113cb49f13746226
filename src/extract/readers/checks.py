"""What every text must pass, whatever format it came in."""

from __future__ import annotations

from extract.readers.base import Limits
from extract.readers.failure import refusal
from extract.readers.language import refuse_foreign

__all__ = ["check_text"]


def check_text(text: str, limits: Limits) -> None:
    """Raise DocumentError (empty, too_large, non_english) for a text that is no English article."""
    if not any(map(str.isalnum, text)):
        raise refusal("empty", "It has no letters and no digits.")
    lines = text.count("\n") + text.count("\r")
    if lines > limits.max_lines:
        raise refusal("too_large", f"It has {lines} lines; {limits.max_lines} is the limit for one document.")
    refuse_foreign(text)
