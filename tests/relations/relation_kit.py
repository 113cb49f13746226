"""Sentences with marked names, hand-checked parse trees of them, and a short way to write findings.

A sentence marks its mentions: "[IL-17] drives [psoriasis]."; marks may nest. Types come from the table below. The
trees stand in trees.txt, so that these tests say what the rules do with a right parse, whatever the parser of the day
makes of it. To add a sentence, let the parser draft its tree, check every line of it, and put it into trees.txt:

    python tests/relations/relation_kit.py "[IL-17] drives [psoriasis]."

A finding is written "IL-17 increases psoriasis: severity, hedged". What follows the colon may hold the aspect (not
compared if it is left out) and the marks negated, hedged, derived (compared always).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from extract.relations.extractor import RelationExtractor
from extract.relations.grammar import load_grammar
from extract.relations.tree import Node, Tree
from extract.schema import Finding, Mention, MentionType

TREES = Path(__file__).with_name("trees.txt")
NAMES: dict[MentionType, str] = {
    "CELL": "multiple myeloma cells|T cells|B cells|NK cells|Th1 cells|Th2 cells|Th17 cells|Treg cells|CD8 T cells|"
    "naive T cells|"
    "macrophages|monocytes|neutrophils|eosinophils|mast cells|dendritic cells|thymocytes|lymphocytes|osteoclasts|"
    "fat cells|tumour cells|cells|hepatocytes|pituitary cells|granulosa cells|natural killer cells|NK|macrophage|"
    "IL-17-producing T cells|IL-2-activated NK cells|Leydig cells|plasma cells|these cells|myeloma cells|T cell|"
    "endothelial cells|immune cells|mast cell",
    "CYTOKINE": "IL-1|IL-2|IL-4|IL-5|IL-6|IL-7|IL-8|IL-10|IL-12|IL-13|IL-15|IL-17|IL-21|IL-22|IL-23|IL-33|TNF|"
    "IFN-gamma|CCL2|RANKL|G-CSF|TGF-beta|cytokines|interleukin-2|IFN|chemokines|myokines|irisin|interferon|"
    "tumour necrosis factor",
    "HORMONE": "cortisol|adrenaline|noradrenaline|insulin|leptin|oestradiol|GnRH|LH|ACTH|CRH|thyroxine|TSH|melatonin|"
    "stress hormones|hormone|hormones|testosterone|glucagon|adiponectin",
    "DISEASE": "psoriasis|colitis|asthma|lupus|fever|gout|obesity|depression|melanoma|fatigue|sepsis|arthritis|"
    "insulin resistance|diabetes|cachexia|type 2 diabetes|measles|itch|osteoporosis|infection|anaemia|multiple myeloma",
    "INTERVENTION": "exercise|running|stress|fasting|sleep loss|blockade of IL-1|IL-6 blockade|vaccination|surgery|"
    "anti-TNF therapy|bed rest|depletion of Treg cells|blocking IL-1|tocilizumab",
    "CHEMICAL": "rapamycin|propranolol|methotrexate|aspirin|dexamethasone|LPS|statins|histamine",
    "PROTEIN": "CRP|CD28|MHC class II|mTOR|antibodies|immunoglobulin|Foxp3",
    "PROCESS": "inflammation|proliferation|secretion|cytotoxicity|growth",
    "TISSUE": "blood|liver|muscle|bone marrow|serum|thymus|gut",
    "ORGANISM": "mice|patients|runners|older adults|IL-10-deficient mice|patients with lupus|athletes|HIV|smokers|"
    "people with depression",
}
TYPES: dict[str, MentionType] = {name: kind for kind, names in NAMES.items() for name in names.split("|")}
GENERIC = frozenset({"cells", "cytokines", "hormone", "hormones", "stress hormones", "chemokines", "myokines",
                     "immune cells", "these cells", "patients", "interferon"})  # fmt: skip
_FLAGS = ("negated", "hedged", "derived")
_WRITTEN = re.compile(r"^(.+?) (increases|decreases|affects|produces|associated_with[+-]?) (.+?)(?:: (.+))?$")


@dataclass(slots=True)
class Marked:
    """A text without its marks, and its mentions m1, m2, ... in the order in which they open."""

    text: str
    mentions: list[Mention]


@dataclass(slots=True)
class Read:
    """A text, its mentions and trees, and what was found in it."""

    text: str
    mentions: list[Mention]
    trees: list[Tree]
    findings: list[Finding] = field(default_factory=list)

    def name(self, mention_id: str) -> str:
        """The text of a mention."""
        return next(m.text for m in self.mentions if m.id == mention_id)

    def lines(self) -> list[str]:
        """The findings as they are written in tests."""
        return [written(f, self.name(f.subject), self.name(f.object)) for f in self.findings]


def marked(sentence: str, *, start: int = 0, count: int = 0) -> Marked:
    """Take the marks out; the text begins at `start` of its document, where `count` mentions were seen before."""
    text = ""
    opened: list[int] = []
    found: list[tuple[int, int]] = []
    for sign in sentence:
        if sign == "[":
            opened.append(len(found))
            found.append((len(text), -1))
        elif sign == "]":
            k = opened.pop()
            found[k] = (found[k][0], len(text))
        else:
            text += sign
    assert not opened, sentence
    mentions = []
    for k, (a, b) in enumerate(found, 1):
        name = text[a:b]
        kind = TYPES.get(name) or TYPES.get(name[0].lower() + name[1:])
        assert kind, f'"{name}" has no type: add it to NAMES'
        mentions.append(
            Mention(id=f"m{count + k}", type=kind, fragments=[(start + a, start + b)], text=name,
                    generic=name.lower() in GENERIC, source="given")
        )  # fmt: skip
    return Marked(text, mentions)


def _ids(text: str, shift: int) -> tuple[str, ...]:
    return tuple(f"m{int(x) + shift}" for x in text.split(",") if x)


@cache
def _blocks() -> dict[str, list[list[str]]]:
    out: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in TREES.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            assert line[2:] not in out, f"twice in {TREES.name}: {line[2:]}"
            rows = out.setdefault(line[2:], [])
        elif line:
            rows.append(line.split("\t"))
    return out


def tree_of(sentence: str, *, start: int = 0, count: int = 0) -> Tree:
    """The stored tree of a marked sentence."""
    rows = _blocks().get(sentence)
    assert rows is not None, f'No tree for "{sentence}": see the head of {Path(__file__).name}'
    text = marked(sentence).text
    nodes: list[Node] = []
    at = 0
    for i, (word, lemma, tag, dep, head, *rest) in enumerate(rows):
        a = text.index(word, at)
        at = a + len(word)
        marks = dict(part.split("=") for part in rest)
        nodes.append(
            Node(i, word, lemma, tag, "", dep, int(head), start + a, start + at, _ids(marks.get("is", ""), count),
                 _ids(marks.get("holds", ""), count), _ids(marks.get("bound", ""), count), marks.get("suffix", ""))
        )  # fmt: skip
    return Tree(nodes, start, start + len(text))


@cache
def _extractor() -> RelationExtractor:
    return RelationExtractor(load_grammar())


def read(*sentences: str) -> Read:
    """The document of some sentences, with their stored trees, and the findings in it."""
    out = Read("", [], [])
    for sentence in sentences:
        start = len(out.text) + 1 if out.text else 0
        part = marked(sentence, start=start, count=len(out.mentions))
        out.trees.append(tree_of(sentence, start=start, count=len(out.mentions)))
        out.text += " " * (start - len(out.text)) + part.text
        out.mentions += part.mentions
    out.findings = _extractor()(out.text, out.trees, out.mentions)
    return out


def written(finding: Finding, subject: str, obj: str) -> str:
    """A finding as it is written in tests."""
    tail = [finding.aspect]
    tail += ["negated"] if finding.negated else []
    tail += ["hedged"] if finding.certainty == "hedged" else []
    tail += ["derived"] if finding.derived else []
    sign = finding.direction if finding.direction in ("+", "-") else ""
    return f"{subject} {finding.predicate}{sign} {obj}: {', '.join(tail)}"


def matches(line: str, expected: str) -> bool:
    """Whether a written finding is the expected one."""
    found, wanted = _WRITTEN.match(line), _WRITTEN.match(expected)
    assert found, line
    assert wanted, f"not a finding: {expected!r}"
    has = set((found.group(4) or "").split(", "))
    needs = set((wanted.group(4) or "").split(", ")) - {""}
    subject, predicate, obj = found.group(1, 2, 3)
    same = wanted.group(1, 2, 3) == (subject, predicate, obj)
    if predicate.startswith("associated_with"):
        # Undirected: the order of the two says nothing.
        same = same or wanted.group(1, 2, 3) == (obj, predicate, subject)
    return same and needs <= has and not (has - needs) & set(_FLAGS)


def check(lines: Sequence[str], expected: Sequence[str]) -> None:
    """All expected findings and no others."""
    left = list(lines)
    missing = []
    for want in expected:
        hit = next((line for line in left if matches(line, want)), None)
        if hit is None:
            missing.append(want)
        else:
            left.remove(hit)
    wrong = [f"missing: {x}" for x in missing] + [f"not expected: {x}" for x in left]
    assert not wrong, "\n".join((*wrong, f"found: {list(lines)}"))


def draft(sentence: str) -> Iterator[str]:
    """The lines of trees.txt for a sentence, as the shipped parser has it: to be checked by a reader."""
    import spacy

    from extract.models import load_model
    from extract.relations.parsing import parse_sentences

    part = marked(sentence)
    trees = parse_sentences(load_model(), spacy.blank("en")(part.text), [(0, len(part.text))], part.mentions)
    yield f"# {sentence}"
    for n in trees[0]:
        marks = [
            f"{key}={','.join(x[1:] for x in ids)}"
            for key, ids in (("is", n.mentions), ("holds", n.nested), ("bound", n.bound))
            if ids
        ]
        marks += [f"suffix={n.suffix}"] if n.suffix else []
        yield "\t".join([n.text, n.lemma, n.tag, n.dep, str(n.head), *marks])
    yield ""


if __name__ == "__main__":
    for given in sys.argv[1:]:
        sys.stdout.writelines(f"{line}\n" for line in draft(given))
