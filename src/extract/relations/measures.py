"""How much and how surely: the size and significance words of a sentence, each with the finding that it belongs to.

"IL-6 rose by 30 percent, whereas TNF did not change (P = 0.6)" holds one of each, for two findings. A size belongs to
the trigger that the parse hangs it on, else to the nearest one of its clause; a P value to the nearest one before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..quantity import SIGNIFICANCE
from ..schema import Span
from .match import Match
from .tree import Node, Tree

__all__ = ["Measures"]

_NUMBER = (
    r"(?:\d+(?:[.,]\d+)?|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|half|a third|"
    r"several|many|hundreds?|thousands?)"
)
_QUANTITY = re.compile(
    rf"(?:(?:by|about|around|roughly|approximately|nearly|almost|over|under|up to|at least|at most|more than|less than|"
    rf"some)\s+)*(?:{_NUMBER}(?:\s*(?:to|-|–|and)\s*{_NUMBER})?\s*(?:%|per\s?cent\b|percent\b|-?\s?fold\b|-?\s?times\b)"
    rf"(?:\s+(?:more|less|higher|lower|greater|as\s+\w+\s+as))?|\b(?:two|three|four|five|six|seven|eight|nine|ten|"
    rf"hundred)fold\b|"
    rf"\btwice\b(?:\s+as\s+\w+)?|\bby\s+(?:half|a third|a quarter|two thirds)\b)|"
    r"\b(?:OR|HR|RR)\s*[=:]?\s*\d+(?:\.\d+)?",
    re.I,
)
# One of these is in every size, and they are quicker to look for than the sizes themselves.
_SIZE_WORDS = ("%", "cent", "fold", "time", "twice", "half", "third", "quarter")
_RATIO = re.compile(r"[ohr]r\s*[=:]?\s*\d")
_P = re.compile(r"\b[pq](?:\W|value|of|w|is)")
_CONFIDENCE = re.compile(r"\d+\s*%\s*(?:CI|CrI|confidence|credible)\b", re.I)
_APART = re.compile(r"[;:]|,? (?:which|who|whose) |, (?:and|but|while|whereas) |\b(?:whereas|although)\b")
_FAR = 60
# A word is likelier to belong to what was said before it than to what comes.
_AHEAD = 2
_ACROSS = 500


class Measures:
    """Size and significance words of one sentence of `text`, and whose they are among the sentence's matches."""

    def __init__(self, text: str, tree: Tree, matches: Sequence[Match]) -> None:
        self.text = text
        self.tree = tree
        stated = [m for m in matches if not m.presupposed and not m.trigger.id.startswith("-")] or list(matches)
        self.triggers = {m.node.i: m.node for m in stated}
        self.objects: dict[int, set[Span]] = {}
        for m in matches:
            self.objects.setdefault(m.node.i, set()).add((m.object.node.start, m.object.node.end))
        # With the character before, which may be the bracket of "(NS)".
        said = text[max(0, tree.start - 1) : tree.end].lower()
        sized = any(word in said for word in _SIZE_WORDS) or _RATIO.search(said) is not None
        found = _QUANTITY.finditer(text, tree.start, tree.end) if sized else iter(())
        sizes = [f.span() for f in found if not _CONFIDENCE.match(text, f.start())]
        self.sizes = [(span, self._hung(span)) for span in sizes] if self.triggers else []
        chance = "ignifican" in said or "(ns" in said or "(n.s" in said or _P.search(said) is not None
        sure = [f.span() for f in SIGNIFICANCE.finditer(text, tree.start, tree.end)] if chance else []
        self.sure = [(span, self._nearest(span)) for span in sure] if self.triggers else []

    def quantity(self, match: Match) -> Span | None:
        """The words that give the size of what a match states, as code points of the document."""
        lo, hi = min(match.node.start, match.object.node.start), max(match.node.end, match.object.node.end)
        near = [span for span, owner in self.sizes if owner == match.node.i and self._reaches(span, lo, hi)]
        return self._own(near, match)

    def significance(self, match: Match) -> Span | None:
        """The words that say whether it is more than chance; a P value is preferred to words."""
        mine = [span for span, owner in self.sure if owner == match.node.i]
        values = [s for s in mine if any(c.isdigit() for c in self.text[slice(*s)])]
        return self._own(values or mine, match)

    # -- whose ---------------------------------------------------------------------------------------------------

    def _hung(self, span: Span) -> int:
        inside = [n for n in self.tree if n.start < span[1] and n.end > span[0]]
        for n in inside:
            if n.head in range(inside[0].i, inside[-1].i + 1) and n.head != n.i:
                continue
            for up in (n, *self.tree.ancestors(n)):
                if up.i in self.triggers:
                    return up.i
        return self._nearest(span)

    def _nearest(self, span: Span) -> int:
        return min(self.triggers, key=lambda i: (self._distance(span, self.triggers[i]), i))

    def _distance(self, span: Span, trigger: Node) -> int:
        if span[0] >= trigger.end:
            between = self.text[trigger.end : span[0]]
            far = len(between)
        else:
            between = self.text[span[1] : trigger.start]
            far = _AHEAD * len(between)
        return far + (_ACROSS if _APART.search(between) else 0)

    def _reaches(self, span: Span, lo: int, hi: int) -> bool:
        if max(0, span[0] - hi, lo - span[1]) > _FAR:
            return False
        between = self.text[hi : span[0]] if span[0] >= hi else self.text[span[1] : lo] if span[1] <= lo else ""
        return _APART.search(between) is None

    def _own(self, spans: Sequence[Span], match: Match) -> Span | None:
        """Of several sizes the one between trigger and object, else the one right after the object.

        None that closes before the object is named: "lowered IL-6 by 20 percent and TNF".
        """
        start, end = match.object.node.start, match.object.node.end
        others = self.objects[match.node.i] - {(start, end)}
        fresh = [s for s in spans if s[0] < end and not any(o[1] <= s[0] for o in others)]
        inside = [s for s in fresh if match.node.start <= s[0]]
        if inside:
            return max(inside)
        after = [s for s in spans if s[0] >= end]
        if after:
            first = min(after)
            # "raised IL-6 by 20 and TNF by 30 percent": not past the next object if that has a size of its own.
            passed = [o for o in others if end <= o[0] < first[0]]
            return None if passed and len(spans) > 1 and any(s[0] < o[0] for s in spans for o in passed) else first
        return max(fresh) if fresh else None
