"""Ways to compare names in text, whatever their spelling: folding, keys, and keys with a way back to the
text.

`fold` keeps the length (one code point in, one out), so offsets stay valid. `squeeze` goes further: it drops
spaces and hyphens, spells out Greek letters, turns British into American spelling and plurals into singulars,
and remembers where each token began and ended. Two spellings of one name then have one key:
IL-6, IL6 and IL 6; TNF-α, TNFα and TNF-alpha; tumours and tumor; CD8(+) and CD8+.

A rule here need not be right about English: names and text go through the same rules, so a wrong singular
("diabete") does no harm. It must only not make two different words alike.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

__all__ = ["Squeezed", "fold", "greek_name", "key", "squeeze"]

GREEK: Final[dict[str, str]] = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa", "ϰ": "kappa", "λ": "lambda", "μ": "mu",
    "µ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma",
    "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    # Typists use the German sharp s for beta ("TGF-ß1"); inside a German word it never stands alone.
    "ß": "beta",
}  # fmt: skip

_DASHES: Final = "-‐‑‒–—―−﹣－"
_FOLD: Final[dict[int, str]] = {
    **{ord(c): "-" for c in _DASHES},
    **{ord(c): "'" for c in "‘’‚‛′`´"},
    **{ord(c): '"' for c in "“”„‟″«»"},
    **{ord(c): " " for c in "\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"},
    ord("İ"): "i",  # the one letter whose lower case is two code points
    ord("µ"): "μ",
    ord("⁺"): "+",
    ord("⁻"): "-",
}


def fold(text: str) -> str:
    """Lower-case `text` and make all dashes, quotes and blanks (but newlines) alike. Keeps the length."""
    return text.translate(_FOLD).lower()


# ---------------------------------------------------------------------------------------------------------
# Tokens. What is no token and no gap is a character that stands for itself, so that names do not match
# across it.

_TOKEN: Final = re.compile(
    r"""
      (?P<word>[A-Za-z\u00c0-\u00de\u00e0-\u024f\u0300-\u036f]+)
    | (?P<gap>
          # Blanks, but not those around a dash, which parts a sentence; "cancer of the breast" = "cancer of
          # breast".
          [ \t\u00a0\u2000-\u200b\u202f\u3000]+(?![-–—−][ \t])(?:(?<=[Oo]f[ ])[Tt]he[ ]+)?
        | (?<![ \t\n])[-‐‑‒–−－\u00ad](?![ \t\n])
        | ['’‘′](?:[sS]\b)?
        | \(\s*[-–−]\s*\)                               # CD25(-): the sign is for others to read
        | \n(?=[a-z0-9])                                 # a wrapped line
      )
    | (?P<number>[0-9]+)
    | (?P<plus>\(\s*\+\s*\)|\+|⁺)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_IRREGULAR: Final[dict[str, str]] = {
    "mice": "mouse", "men": "man", "women": "woman", "children": "child", "teeth": "tooth", "feet": "foot",
    "bacteria": "bacterium", "fungi": "fungus", "nuclei": "nucleus", "metastases": "metastasis",
    "stases": "stasis", "crises": "crisis", "bases": "base", "biases": "bias", "testes": "testis",
    "ova": "ovum", "sera": "serum", "media": "medium", "atria": "atrium",
    "mitochondria": "mitochondrion", "ganglia": "ganglion", "alveoli": "alveolus", "villi": "villus",
    "bronchi": "bronchus", "thrombi": "thrombus", "emboli": "embolus", "stimuli": "stimulus", "foci": "focus",
    "tubuli": "tubulus", "calculi": "calculus", "lice": "louse", "spermatozoa": "spermatozoon",
    "phenomena": "phenomenon", "criteria": "criterion", "ages": "age", "gases": "gas",
    "appendices": "appendix", "cortices": "cortex",
}  # fmt: skip

_PLURALS: Final[tuple[tuple[str, str, int], ...]] = (
    # ending, replacement, least length of the word; the first that fits is taken
    ("itides", "itis", 7), ("metastases", "metastasis", 10), ("iases", "iasis", 7), ("oses", "osis", 7),
    ("yses", "ysis", 6), ("theses", "thesis", 8), ("pareses", "paresis", 7), ("uses", "us", 6),
    ("omata", "oma", 6), ("mata", "ma", 6), ("cocci", "coccus", 5), ("bacilli", "bacillus", 7),
    ("thelia", "thelium", 8), ("ies", "y", 5), ("aches", "ache", 5), ("sses", "ss", 5), ("shes", "sh", 5),
    ("ches", "ch", 6), ("xes", "x", 4), ("zes", "z", 6), ("oes", "o", 6), ("ae", "a", 6),
)  # fmt: skip

_BRITISH: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"ae|oe", "e"),  # anaemia, oedema, oestrogen, foetus
        (r"our", "or"),  # tumour, behaviour
        (r"leuc(?=o|a|e)", "leuk"),  # leucocyte
        (r"sulph", "sulf"),
        (r"(?<=[a-z]{3})is(?=(?:e|ed|er|ing|ation|ational)$)", "iz"),  # sensitise, immunisation
        (r"(?<=[a-z]{2})ys(?=(?:e|ed|ing)$)", "yz"),  # paralysed
        (r"(?<=[a-z]{2})ll(?=(?:ed|ing|er)$)", "l"),  # signalling
        (r"(?<=fib|ent|tit|lit)re$", "er"),  # fibre, centre
        (r"gramme", "gram"),
        (r"(?<=[a-z])ogue$", "og"),  # analogue
        (r"^age(?=ing$)", "ag"),  # ageing
        (r"^grey", "gray"),
        (r"^diarrhea?", "diarrhea"),
    )
)

_MEMO: Final[dict[str, str]] = {}
_MEMO_LIMIT: Final = 300_000


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3:
        return word
    for ending, replacement, least in _PLURALS:
        if len(word) >= least and word.endswith(ending):
            return word[: -len(ending)] + replacement
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _normal(token: str) -> str:
    """The key of one run of letters."""
    if token == "ß":
        return "beta"
    # A plural s after capitals: ILs, DCs. "Is" and "As" are words.
    if len(token) >= 3 and token[-1] == "s" and token[:-1].isupper():
        return token[:-1].lower()
    # Roman numbers as tokens of their own. I, V and X alone are letters.
    if token in ("II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII"):
        return str(("II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII").index(token) + 2)
    word = token.lower()
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    if len(word) <= 4 and token.isupper():
        return word  # the S of AIDS or PLLS is no plural; longer words in capitals stand in headings
    word = _singular(word)
    if len(word) >= 5:
        for pattern, replacement in _BRITISH:
            word = pattern.sub(replacement, word)
    return word


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A text's key, with the way back.

    `starts` maps the offset in `key` at which a token begins to its offset in the text; `ends` the offset
    in `key`
    just past a token to the offset in the text just past it. Half-open, code points.
    """

    key: str
    starts: dict[int, int]
    ends: dict[int, int]


def squeeze(text: str) -> Squeezed:
    """The key of `text` with the offsets of its tokens. Never raises; the empty text has the empty key."""
    memo = _MEMO
    if len(memo) > _MEMO_LIMIT:
        memo.clear()
    parts: list[str] = []
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    at = 0
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup
        if kind == "gap":
            continue
        token = found.group()
        if kind == "word":
            part = memo.get(token)
            if part is None:
                if token == "I":
                    # "type I" is "type 1"; any other I is a pronoun or a letter.
                    part = "1" if parts and parts[-1] == "type" else "i"
                else:
                    part = memo[token] = _normal(token)
                if not part:
                    continue
        elif kind == "number":
            part = token
        elif kind == "plus":
            part = "+"
        else:
            low = token.lower()
            part = GREEK.get(low, low if len(low) == 1 else token)
        starts[at] = found.start()
        at += len(part)
        ends[at] = found.end()
        parts.append(part)
    return Squeezed("".join(parts), starts, ends)


@lru_cache(maxsize=1 << 15)
def key(name: str) -> str:
    """The one form under which all spellings of `name` are found."""
    return squeeze(name).key


def greek_name(letter: str) -> str:
    """The spelt-out name of a Greek letter ("beta" for "β"), or `letter` itself."""
    return GREEK.get(letter.lower(), letter)
