"""Read the size out of quantity words: "by 20 to 30 percent" is [20, 30] "%", "twofold" is 2 "x".

Pure functions over a short string, without a model. P values state significance, not size: they are read apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["SIGNIFICANCE", "Comparator", "Quantity", "Significance", "parse_quantity", "parse_significance"]


Comparator = Literal["", "~", "<", "<=", ">", ">=", "->"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A size. At most one of `value` and `range` is set; neither is where the words are vague ("markedly").

    `unit`: "%" (of what it was), "x" (times), "pp" (percentage points), "SD", "OR", "RR", "HR", "IRR", "d",
    "r", a physical unit as written ("pg/ml"), or "" if none. `comparator`: "" (as stated), "~", "<", "<=",
    ">", ">=", or "->" where `range` goes from an old to a new value.
    """

    value: float | None = None
    range: tuple[float, float] | None = None
    unit: str = ""
    comparator: Comparator = ""


@dataclass(frozen=True, slots=True)
class Significance:
    """What a text says of chance: a P value, or only a word ("significantly", "n.s.").

    `comparator` and `value` are those of the P value, "" and None where only words say it. `significant` is what the
    words say, None where there is a value and the judgement is left to the reader.
    """

    comparator: Comparator = ""
    value: float | None = None
    significant: bool | None = None


_ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_FRACTIONS = {
    "half": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4, "quarters": 1 / 4, "fifth": 1 / 5,
    "fifths": 1 / 5, "sixth": 1 / 6, "eighth": 1 / 8, "tenth": 1 / 10, "tenths": 1 / 10,
}  # fmt: skip
_VERBS = {
    "doubl": 2.0, "twice": 2.0, "thrice": 3.0, "tripl": 3.0, "trebl": 3.0, "quadrupl": 4.0, "quintupl": 5.0,
    "halv": 0.5,
}  # fmt: skip
_COMPARATORS: tuple[tuple[str, Comparator], ...] = (
    (r"(?:at least|no (?:less|fewer) than|a minimum of|≥|>=)", ">="),
    (r"(?:at most|up to|no (?:more|greater|higher) than|a maximum of|as (?:much|many|high) as|≤|<=)", "<="),
    (
        r"(?:more|greater|higher|larger|longer|better) than|(?:over|above|exceed(?:s|ed|ing)?|well over)\b|>",
        ">",
    ),
    (r"(?:less|fewer|lower|smaller|shorter) than|(?:under|below|not quite)\b|<", "<"),
    (
        r"(?:about|around|approximately|roughly|some|circa|ca\.?|an estimated|close to|nearly|almost)"
        r"(?=\s|\d)|~|≈|∼",
        "~",
    ),
)

_SIGNIFICANCE = re.compile(
    r"[(,;]?\s*\b[pq]\s*(?:-?\s*value)?s?\s*(?:of|was|[=<>≤≥]+)\s*(?:[=<>≤≥]\s*)?"
    r"(?:\d*[.·]\d+|\d+)(?:\s*(?:[x×]\s*10|e)\s*[-−^(]*\d+\)?)?\s*\)?",
    re.IGNORECASE,
)
_P_VALUE = (
    r"\b[pPqQ]\s*(?:-?\s*values?)?\s*(?:of|was|were|is|[=<>≤≥]=?)\s*(?:[=<>≤≥]=?\s*)?"
    r"(?:\d*[.·]\d+|[01](?![\d.·]))(?:\s*[x×]\s*10\s*[-−^]*\s*\d+|[eE][-−]\d+)?"
)
_CHANGES = (
    r"(?:increases?|decreases?|reductions?|rises?|falls?|drops?|differences?|changes?|correlations?|associations?|"
    r"elevations?|improvements?|declines?|effects?|relationships?|interactions?)"
)
_DENYING = r"(?:\b(?:not?|non|without|nor|never)[\s-]+|n['’]t\s+)"
SIGNIFICANCE = re.compile(
    rf"{_P_VALUE}|\b[pP]\s*=\s*(?:NS|n\.s\.)|(?<=\()(?:NS|n\.s\.)(?=[),;])|"
    rf"{_DENYING}(?!only\b|just\b|merely\b)(?:\w+\s+){{0,2}}?(?:(?:statistical(?:ly)?|highly|very)\s+)?significan(?:t(?:ly)?|ce)\b|"
    r"\b(?:(?:statistically|highly|very)\s+)?(?:in|non-?)?significantly\b|\b(?:in|non-?)significant\b|"
    rf"\bstatistically\s+significant\b|\bstatistical\s+significance\b|\bsignificant(?=\s+(?:\w+\s+)?{_CHANGES}\b)"
)
"""Words that state significance in running text."""
_DENIED = re.compile(rf"{_DENYING}|\b(?:in|non)significan|(?:^|\W)(?:NS|n\.s\.)$")
_P_PARTS = re.compile(
    r"(?P<sign>[=<>≤≥]=?)?\s*(?P<value>(?:\d*[.·]\d+|\d+)(?:\s*[x×]\s*10\s*[-−^]*\s*\d+|[eE][-−]\d+)?)\s*$"
)
_P_SIGNS: dict[str, Comparator] = {"<": "<", ">": ">", "≤": "<=", "≥": ">=", "<=": "<=", ">=": ">="}
_INTERVAL = re.compile(
    r"[(\[,;]?\s*\b\d+\s*%\s*(?:ci|cri|confidence interval|credible interval)\b.*$", re.IGNORECASE | re.DOTALL
)
_SPREAD = re.compile(r"\s*(?:±|\+/-|\+/−)\s*\d+(?:[.·]\d+)?")
_DIGITS = (
    r"[-+−]?(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:[.·]\d+)?|[.·]\d+)(?:\s*[x×]\s*10\s*\^?\(?\s*[-−]?\d+\)?)?"
)
_WORD = r"(?:" + "|".join(sorted((*_ONES, *_TENS, *_SCALES), key=len, reverse=True)) + r")"
_WORDS = rf"(?:(?:a|an|several)\s+)?{_WORD}(?:(?:\s+and\s+|[\s-]+){_WORD})*"
_NUMBER = rf"(?:{_DIGITS}|\b{_WORDS}(?=\b|fold))"
_PERCENT = r"(?:%|\bper\s?cent(?:age)?\b|\bpct\b)"
_TO = r"(?:\s*(?:-\s*)?\b(?:to|and|or)\b|\s*[-–—−])\s*"

_RATIO = re.compile(
    r"\b(?P<unit>a?OR|a?RR|a?HR|IRR|SMD|β|r"
    r"|(?i:odds ratio|relative risk|risk ratio|hazard ratio|rate ratio|cohen's d))\b"
    rf"\s*(?:of|was|is|[=:,])?\s*(?P<a>{_DIGITS})(?:{_TO}(?P<b>{_DIGITS}))?"
)
_RATIO_UNITS = {
    "odds ratio": "OR", "relative risk": "RR", "risk ratio": "RR", "hazard ratio": "HR", "rate ratio": "IRR",
    "cohen's d": "d", "aor": "OR", "arr": "RR", "ahr": "HR",
}  # fmt: skip
_OUT_OF = re.compile(rf"(?P<a>{_NUMBER})\s+(?:out\s+)?of\s+(?:the\s+)?(?P<b>{_NUMBER})\b", re.IGNORECASE)
_FRACTION = re.compile(
    rf"\b(?:(?P<n>{_WORD}|an?)[\s-]+)?(?P<f>{'|'.join(sorted(_FRACTIONS, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
_MAGNITUDE = re.compile(r"\b(?:(?P<n>an?|\d+|" + _WORD + r")\s+)?orders?\s+of\s+magnitude", re.IGNORECASE)
_SIZED = re.compile(
    rf"(?P<from>\bfrom\s+)?(?P<a>{_NUMBER})\s*(?P<ua>{_PERCENT}|-?\s?fold\b)?"
    rf"(?:{_TO}(?P<b>{_NUMBER}))?(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_VERB = re.compile(r"\b(" + "|".join(_VERBS) + r")\w*", re.IGNORECASE)
_UNIT = re.compile(
    r"^[\s-]*((?:[pnµμmkf]?(?:g|mol|M|l|L)|[kM]?Da|[mM]?IU|U|units?|cells?|mm|cm|m|s|min|h|hours?|days?|weeks?|months?|"
    r"years?|kcal|kJ|mmHg|°C|points?|copies)(?:\s?(?:/|per)\s?(?:[pnµμmkd]?(?:l|L|g|m)|(?:mm|cm|m)?[²³]|min|h|hour|day|"
    r"week|year|kg|[µμ]l|ml|mm3|cells?)(?:/(?:d|day|h|min))?)?)(?![A-Za-z])"
)


def parse_quantity(text: str) -> Quantity | None:
    """Parse quantity words.

    `text`: the words as they stand in the document ("more than 50 percent", "OR 3.1"). Returns None where
    they hold nothing but significance ("P = 0.01") or blanks, and a `Quantity` without value where they are
    vague.
    """
    words = _SIGNIFICANCE.sub(" ", text)
    if not re.search(r"\w", words):
        return None
    words = _SPREAD.sub("", _INTERVAL.sub("", words)).strip(" ()[],;")
    comparator, words = _take_comparator(words)
    return _ratio(words, comparator) or _magnitude(words, comparator) or _plain(words, comparator)


def parse_significance(text: str) -> Significance | None:
    """Parse words that `SIGNIFICANCE` finds: "P < 0.01", "(p = .03)", "not significantly", "n.s.".

    Returns None where they say nothing of significance.
    """
    words = text.strip(" ()[],;")
    found = _P_PARTS.search(words)
    if found and re.match(r"[pq]\b|[pq]\s*[-=<>≤≥]|[pq]-?values?", words, re.IGNORECASE):
        power = re.fullmatch(r"(.*?)\s*(?:[x×]\s*10\s*[-−^]*\s*|[eE][-−])(\d+)", found["value"])
        base, exponent = (power[1], int(power[2])) if power else (found["value"], 0)
        value = float(base.replace("·", ".")) * 10.0**-exponent
        return Significance(comparator=_P_SIGNS.get(found["sign"] or "", ""), value=float(f"{value:.6g}"))
    if _DENIED.search(words):
        return Significance(significant=False)
    return Significance(significant=True) if re.search("significan", words, re.IGNORECASE) else None


def _take_comparator(words: str) -> tuple[Comparator, str]:
    """Split the comparison off. "About more than" keeps the stricter one, which is listed first."""
    for pattern, sign in _COMPARATORS:
        found = re.search(rf"(?:(?<=\W)|^)(?:{pattern})", words, re.IGNORECASE)
        if found:
            rest = words[: found.start()] + " " + words[found.end() :]
            return sign, rest if sign == "~" else _take_comparator(rest)[1]
    return "", words


def _ratio(words: str, comparator: Comparator) -> Quantity | None:
    found = _RATIO.search(words)
    if not found:
        return None
    unit = found["unit"]
    return _sized(found["a"], found["b"], _RATIO_UNITS.get(unit.lower(), unit), comparator)


def _magnitude(words: str, comparator: Comparator) -> Quantity | None:
    found = _MAGNITUDE.search(words)
    if not found:
        return None
    power = 1.0 if (found["n"] or "a").lower() in {"a", "an"} else _number(found["n"])
    return Quantity(value=10.0**power, unit="x", comparator=comparator)


def _plain(words: str, comparator: Comparator) -> Quantity:
    """Counts out of counts, then numbers with a unit, then fractions in words, then verbs ("doubled")."""
    found = _OUT_OF.search(words)
    if found and _number(found["b"]):
        return Quantity(
            value=_tidy(100 * _number(found["a"]) / _number(found["b"])), unit="%", comparator=comparator
        )
    fraction = _FRACTION.search(words)
    found = _SIZED.search(words)
    if fraction and (found is None or fraction.start() <= found.start()):
        return _fraction(words, fraction, comparator)
    if found:
        return _measured(found, comparator)
    verb = _VERB.search(words)
    if verb:
        return Quantity(value=_VERBS[verb[1].lower()], unit="x", comparator=comparator)
    unit = "x" if re.search(r"\b(?:several|many)[\s-]*(?:fold|times)", words, re.IGNORECASE) else ""
    return Quantity(unit=unit, comparator=comparator)


def _fraction(words: str, found: re.Match[str], comparator: Comparator) -> Quantity:
    count = 1.0 if (found["n"] or "a").lower() in {"a", "an"} else _number(found["n"])
    size = count * _FRACTIONS[found["f"].lower()]
    # "Cut by a third" is a change in percent; "half as many" is a multiple; "a third of cases" is a share.
    if re.search(r"\bas\s+(?:many|much|high|low|large|long)\b", words):
        return Quantity(value=_tidy(size), unit="x", comparator=comparator)
    return Quantity(value=_tidy(100 * size), unit="%", comparator=comparator)


def _measured(found: re.Match[str], comparator: Comparator) -> Quantity:
    rest = found["rest"]
    unit = _unit(rest if found["b"] else (found["ua"] or "") + rest, found["ua"])
    return _sized(found["a"], found["b"], unit, "->" if found["from"] and found["b"] else comparator)


def _unit(rest: str, before: str | None) -> str:
    rest = rest.lstrip()
    if re.match(rf"(?:{_PERCENT}|percentage)\s*points?\b|percentage\s+points?", rest, re.IGNORECASE):
        return "pp"
    if re.match(_PERCENT, rest, re.IGNORECASE):
        return "%"
    if re.match(r"-?\s*(?:fold|times)\b|[x×](?!\w)", rest, re.IGNORECASE):
        return "x"
    if re.match(r"(?:SDs?|standard deviations?)\b", rest):
        return "SD"
    found = _UNIT.match(rest)
    if found:
        return re.sub(r"\s+", " ", found[1])
    if before:
        return "%" if re.match(_PERCENT, before.strip(), re.IGNORECASE) else "x"
    return ""


def _sized(a: str, b: str | None, unit: str, comparator: Comparator) -> Quantity:
    first = _number(a)
    if b is None:
        return Quantity(value=_tidy(first), unit=unit, comparator=comparator)
    second = _number(b)
    if comparator != "->" and second < first:
        first, second = second, first
    return Quantity(range=(_tidy(first), _tidy(second)), unit=unit, comparator=comparator)


def _number(text: str) -> float:
    """The value of digits or number words. The patterns above let nothing else through."""
    text = text.strip().lower().replace("−", "-")
    if re.search(r"\d", text):
        found = re.match(r"([-+]?[\d,]*[.·]?\d+)(?:\s*[x×]\s*10\s*\^?\(?\s*(-?\d+))?", text)
        assert found is not None
        return float(found[1].replace(",", "").replace("·", ".")) * 10.0 ** int(found[2] or 0)
    total = current = 0.0
    for word in re.findall(r"[a-z]+", text):
        if word in _ONES:
            current += _ONES[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "hundred" or word == "dozen":
            current = (current or 1) * _SCALES[word]
        elif word in _SCALES:
            total, current = total + (current or 1) * _SCALES[word], 0.0
    return total + current


def _tidy(value: float) -> float:
    """Round away the noise of fractions: four decimals are more than any text states."""
    return round(value, 4)
