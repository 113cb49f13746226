"""What the words around a molecule's name make of it: a receptor, a gene, an antibody, a blockade, a
deficient mouse.

"IL-6 receptor" and "IL-2 gene" are PROTEIN (the gene with its product's type in `also`), "anti-TNF
antibody" and "blocking IL-1" are INTERVENTION. The cue words are data/contexts.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extract.entities.candidate import Candidate, covers
from extract.entities.data import table
from extract.entities.textview import TextView
from extract.schema import MentionType, Span

__all__ = ["apply_contexts"]

_MOLECULES = frozenset({"CYTOKINE", "HORMONE", "PROTEIN", "CHEMICAL"})
_TARGETS = _MOLECULES | {"CELL"}
_SUBUNIT = (
    r"(?:[ -]?(?:alpha|beta|gamma|delta|[αβγδ]|type|I{1,3}|[0-9]{1,2}[ab]?|"
    r"chains?|subunits?|complex(?:es)?)\b)*"
)


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    cues = sorted((row[1] for row in table("contexts", 2) if row[0] == kind), key=lambda w: (-len(w), w))
    body = "|".join(re.escape(cue).replace(r"\ ", r"[ -]") for cue in cues)
    if kind in ("of", "initial", "gerund"):
        made = "|".join(sorted(_words("of_right")))
        return re.compile(rf"(?<![\w-])(?:{body})(?: the| an?)?(?: (?:{made}))*$", re.I)
    if kind == "receptor":
        return re.compile(rf"[ -](?:{body}){_SUBUNIT}", re.I)
    if kind == "gene":
        return re.compile(rf"[ -](?:{body})(?:[ /-](?:{body}))*\b", re.I)
    return re.compile(rf"[ -](?:{body})\b", re.I)


# The antibody's clone before its class: "anti-TGF-beta 2G7 antibody", "anti-CD3 OKT3 IgG2a".
_CLONE = re.compile(r" [A-Z0-9][\w.-]* (?:antibod(?:y|ies)|mAbs?|IgG\w*)\b")
# "IL-6 gene expression" is about the cytokine as much as about the gene.
_GENE_EXPRESSION = re.compile(r" genes? (?:expression|cluster|induction|product)")
_DESCRIBED = re.compile(r"\b(?:an?|another|its|their)\s+(?:[\w-]+\s+){0,2}$", re.I)
_AGENT = re.compile(r"(?:inhibitor|antagonist|blocker|suppressor|neutrali[sz]er)s?\b", re.I)
# Antibodies of the body's own: "autoantibodies to insulin", "antibodies against the acetylcholine receptor".
_AUTO = re.compile(r"auto", re.I)
_OWN = re.compile(r"antibodies\b", re.I)
# A knock-out as a genotype: "Ptpn22(-/-)", "Rag1−/−".
_GENOTYPE = re.compile(r"(?:\([-−–]/[-−–]\)|[ ]?[-−–]/[-−–])")
_DEED = re.compile(
    r"(?: (?:therap|treatment|blockade|deficiency|inhibit|antagonist|level|concentration|production|activity)"
    # "inhibition of IL-4-induced genes" does nothing to IL-4.
    r"|[-–](?:induc|mediat|driven|depend|stimulat|activat|regulat)\w*)"
)
_ANTI = re.compile(r"(?<![\w])[Aa]nti(?:[-–]| (?=[A-Z])|(?=[A-Z]))(?:human |mouse |rat )?$")


def _left(view: TextView, start: int, pattern: re.Pattern[str], width: int = 48) -> int | None:
    """Where a cue that ends right before `start` begins."""
    begin = max(0, start - width)
    hit = pattern.search(view.text[begin:start].rstrip(" "))
    if not hit or view.sentence(begin + hit.start()) != view.sentence(start):
        return None
    return begin + hit.start()


def _grow(view: TextView, start: int, words: frozenset[str]) -> int:
    """Take in listed words left of `start`."""
    while (left := view.before(start)) is not None and left.text.lower() in words:
        start = left.start
    return start


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row[1] for row in table("contexts", 2) if row[0] == kind)


def _made(
    base: Candidate, start: int, end: int, kind: MentionType, *flags: str, also: tuple[MentionType, ...] = ()
) -> Candidate:
    return Candidate(start, end, kind, 1.2, "context", also=also, core=base.span, flags=frozenset(flags))


def _around(view: TextView, base: Candidate) -> tuple[list[Candidate], bool]:
    """New candidates that the words around a name make, and whether the name itself is used up by them."""
    text, start, end = view.text, base.start, base.end
    if hit := _pattern("receptor").match(text, end):
        left = _grow(view, start, _words("receptor_left"))
        stop = hit.end()
        if not re.match(r"[ -](?:antagonists?|agonists?|blockers?|inhibitors?)\b", text[stop : stop + 14]):
            return [_made(base, left, stop, "PROTEIN")], base.type != "CELL"
    if base.type in ("CYTOKINE", "HORMONE") and _GENE_EXPRESSION.match(text, end):
        return [base.with_(also=(*base.also, "PROTEIN"), score=1.2)], True
    if base.type in _MOLECULES - {"CHEMICAL"} and (hit := _pattern("gene").match(text, end)):
        also: tuple[MentionType, ...] = () if base.type == "PROTEIN" else (base.type,)
        return [_made(base, start, hit.end(), "PROTEIN", also=also)], True
    made: list[Candidate] = []
    outer_start, outer_end = start, end
    if "generic" not in base.flags and (anti := _ANTI.search(text, max(0, start - 12), start)):
        outer_start = anti.start()
        hit = _pattern("antibody").match(text, end) or _CLONE.match(text, end)
        outer_end = hit.end() if hit else end
        outer_start = _grow(view, outer_start, _words("antibody_left"))
        # What the body makes against cells of its own is no treatment: "anti-islet cell antibodies".
        own = base.type == "CELL" and hit is not None and text[hit.start() + 1 : hit.end()] == "antibodies"
        made.append(_made(base, outer_start, outer_end, "PROTEIN" if own else "INTERVENTION"))
        if hit is None:
            # "anti-TNF" by itself names a drug; the cytokine is in it only as part of the drug's name.
            return made, True
    elif (hit := _pattern("blocker").match(text, end)) and base.type in _TARGETS:
        outer_end = hit.end()
        outer_start = _grow(view, start, _words("blocker_left"))
        kind: MentionType = "INTERVENTION" if base.type in ("CYTOKINE", "HORMONE", "CELL") else "CHEMICAL"
        other: MentionType = "CHEMICAL" if kind == "INTERVENTION" else "INTERVENTION"
        # Below a dictionary name of the same range: the IL-1 receptor antagonist is a cytokine of its own.
        made.append(_made(base, outer_start, outer_end, kind, also=(other,)).with_(score=0.9))
    elif (hit := _pattern("signalling").match(text, end)) and base.type in ("CYTOKINE", "HORMONE", "PROTEIN"):
        outer_end = hit.end()
        made.append(_made(base, start, outer_end, "PROTEIN"))
    elif base.type == "PROTEIN" and (hit := _GENOTYPE.match(text, end)):
        made.append(_made(base, start, hit.end(), "INTERVENTION"))
    for kind_of in ("of", "initial", "gerund"):
        if _DEED.match(text, outer_end):
            # "administration of digoxin therapy": the deed is the therapy.
            break
        if base.type in _TARGETS and (cue := _left(view, outer_start, _pattern(kind_of))) is not None:
            if _DESCRIBED.search(text, max(0, cue - 40), cue) and _AGENT.match(text, cue):
                # "X is a potent inhibitor of Y" says what X does; no treatment is named.
                break
            left = cue if kind_of == "gerund" else _grow(view, cue, _words("deed_left"))
            if kind_of == "of" or _gerund_stands_alone(text, left):
                own = left == cue and _OWN.match(text, cue) is not None and base.type not in ("CYTOKINE", "CHEMICAL")
                own = own or _AUTO.match(text, cue) is not None
                made.append(_made(base, left, outer_end, *(("PROTEIN", "holds") if own else ("INTERVENTION",))))
                break
    return made, False


def _gerund_stands_alone(text: str, start: int) -> bool:
    """A gerund that heads a phrase of its own, not a participle after a noun ("cells targeting TNF")."""
    before = text[max(0, start - 16) : start]
    return not before.strip() or bool(
        re.search(r"(?:[.:;,!?(–—]|\b(?:by|of|that|and|or|for|via|when|while|after|from|if))\s*$", before)
    )


def apply_contexts(view: TextView, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with what their surroundings add, and without the names that are only part of
    another thing.
    """
    kept: list[Candidate] = []
    cues: list[Span] = []
    gone: list[Span] = []
    for base in candidates:
        if base.type not in _TARGETS or base.flags & {"bare"}:
            kept.append(base)
            continue
        made, used = _around(view, base)
        kept.extend(made)
        cues.extend((base.end, m.end) for m in made if m.end > base.end)
        cues.extend((m.start, base.start) for m in made if m.start < base.start)
        if not used:
            kept.append(base)
        else:
            gone.append(base.span)
    # Nor is a shorter name inside the one that is used up ("IL" in "IL-2 receptor").
    kept = [
        c
        for c in kept
        if c.source == "context"
        or c.type not in _MOLECULES
        or not any(covers(g, c.span) for g in gone)
        or any(c.span == g and "PROTEIN" in c.also for g in gone)
    ]
    # A cue word ("receptor", "antibodies") is no mention beside the one that it makes.
    return [c for c in kept if c.source == "context" or not any(covers(cue, c.span) for cue in cues)]
