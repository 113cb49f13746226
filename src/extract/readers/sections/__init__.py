"""Sections of a text: title, headings, body, captions, references, and the furniture of web pages."""

from __future__ import annotations

from extract.readers.sections.segment import prose, readable, refine, segment

__all__ = ["prose", "readable", "refine", "segment"]
