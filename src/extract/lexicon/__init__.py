"""What is known of names: tables of concepts, and a matcher that finds them in text."""

from extract.lexicon.lexicon import Entry, Lexicon, Match

__all__ = ["Entry", "Lexicon", "Match"]
