"""Other ways to say a name, to be tried where the lexicon does not have it as it stands.

"carcinoma of the breast" and "breast carcinoma", "renal disease" and "kidney disease", "malignancy" and "cancer": word
order by rule, words by data/rewrites.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations, product

from extract.entities.data import table
from extract.text import key

__all__ = ["rewritten"]

_OF = re.compile(r"^(?P<head>[\w' -]+?) (?:of|in) (?:the |a |an )?(?P<rest>[\w' -]+)$")
# Two words changed at once are enough ("hepatic malignancy", "liver cancer"), and keep the number of forms small.
_CHANGES = 2
_WORDS = 6


@cache
def _others(kind: str) -> dict[str, tuple[str, ...]]:
    """Key of a word -> what may stand for it."""
    out: dict[str, list[str]] = {}
    for type_, one, other in table("rewrites", 3):
        if type_ in ("*", kind):
            out.setdefault(key(one), []).append(other)
            out.setdefault(key(other), []).append(one)
    return {word: tuple(others) for word, others in out.items()}


def rewritten(phrase: str, kind: str) -> Iterator[str]:
    """Forms of `phrase` as a name of type `kind`, without itself, the nearest first; none twice."""
    seen = {phrase}
    for form in _forms(" ".join(phrase.split()), kind):
        if form not in seen:
            seen.add(form)
            yield form


def _forms(phrase: str, kind: str) -> Iterator[str]:
    orders = [phrase, *_orders(phrase)]
    yield from orders[1:]
    for changes in range(1, _CHANGES + 1):
        for order in orders:
            words = order.split(" ")
            if len(words) > _WORDS:
                continue
            choices = {n: found for n, word in enumerate(words) if (found := _others(kind).get(key(word)))}
            for places in combinations(choices, changes):
                for chosen in product(*(choices[n] for n in places)):
                    changed = list(words)
                    for n, word in zip(places, chosen, strict=True):
                        changed[n] = word
                    yield " ".join(changed)


def _orders(phrase: str) -> Iterator[str]:
    """The same words in another order."""
    found = _OF.match(phrase)
    if found:
        yield f"{found['rest']} {found['head']}"
        return
    words = phrase.split(" ")
    if len(words) <= _WORDS:
        for n in range(len(words) - 1, 0, -1):
            yield " ".join([*words[n:], "of", *words[:n]])
