"""How one finding came about: sentence, mentions, parse, trigger, frame, arguments, qualifiers, rivals, confidence.

The document is analysed anew with its own mentions, so the answer is that of the grammar as it is now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from extract.pipeline import RelationsComponent
from extract.readers.sections import readable, segment
from extract.relations.assembler import Chosen, Statement, choose
from extract.relations.confidence import load_weights, probability
from extract.relations.grammar import Grammar, Trigger
from extract.relations.qualifiers import Scope
from extract.relations.tree import Node, Tree
from extract.rules_kit.paths import argument_steps, cue_words
from extract.rules_kit.where import index
from extract.schema import Document, Finding, Mention, Span
from extract.writers.phrases import phrase

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["Argument", "Explanation", "Rival", "Weighed", "explain", "found_between"]


@dataclass(frozen=True, slots=True)
class Argument:
    """Subject or object, and how it was found."""

    id: str
    text: str
    type: str
    steps: list[str]


@dataclass(frozen=True, slots=True)
class Rival:
    """Another statement about the same two things in the same sentence. `kept`: it is a finding of its own."""

    says: str
    rule: str
    trigger: str
    kept: bool
    why: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """One feature of the confidence: `share` is value times weight, in log-odds."""

    name: str
    value: float
    weight: float
    share: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The path from words to a finding. Spans are code points of the document."""

    finding: str
    document: str
    says: str
    sentence: str
    span: Span
    mentions: list[dict[str, Any]]
    tree: Tree
    rule: str
    trigger: str
    trigger_span: Span
    entry: dict[str, Any]
    entry_place: str
    frame: dict[str, Any]
    frame_place: str
    subject: Argument
    object: Argument
    qualifiers: list[tuple[str, str]]
    rivals: list[Rival]
    features: list[Weighed]
    log_odds: float
    confidence: float
    recorded: float
    notes: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """For JSON; the tree as a list of nodes."""
        keys = ("i", "text", "lemma", "tag", "pos", "dep", "head", "start", "end", "mentions")
        plain = {
            name: getattr(self, name) for name in self.__slots__ if name not in ("tree", "qualifiers", "features")
        }
        for name in ("subject", "object"):
            plain[name] = asdict(plain[name])
        plain["rivals"] = [asdict(r) for r in self.rivals]
        plain["parse"] = [{key: getattr(node, key) for key in keys} for node in self.tree]
        plain["qualifiers"] = dict(self.qualifiers)
        plain["features"] = [asdict(f) for f in self.features]
        return plain


@dataclass(frozen=True, slots=True)
class _Seen:
    """A document analysed anew."""

    document: Document
    trees: list[Tree]
    statements: list[Statement]
    chosen: list[Chosen]
    by_id: dict[str, Mention]
    grammar: Grammar


def explain(nlp: Language, document: Document, finding: Finding) -> Explanation | None:
    """Explain a finding of `document`; None if the rules do not make it (any more).

    `nlp`: a pipeline of `extract.pipeline.load`. A finding of gold is explained by what the rules make of the same
    pair with the same predicate in the same place.
    """
    seen = _analyse(nlp, document)
    chosen = _same(seen, finding)
    if chosen is None:
        return None
    s = chosen.statement
    match = s.match
    tree = next(t for t in seen.trees if t.start == s.evidence[0])
    where = index()
    weights = load_weights()
    weighed = [
        Weighed(name, round(value, 4), weights.get(name, 0.0), round(value * weights.get(name, 0.0), 4))
        for name, value in chosen.features.items()
    ]
    subject, object_ = (
        Argument(m.id, m.text, m.type, argument_steps(match, role, tree, seen.by_id, seen.grammar))
        for role, m in (("subject", seen.by_id[match.subject.mention]), ("object", seen.by_id[match.object.mention]))
    )
    # Those that a pronoun stands for may be named sentences before.
    arguments = (match.subject.mention, match.object.mention)
    inside = [
        m for m in document.mentions if m.id in arguments or (s.evidence[0] <= m.start and m.end <= s.evidence[1])
    ]
    frame = {k: v for k, v in match.frame.model_dump(exclude_defaults=True).items() if k not in ("example", "negative")}
    confidence = probability(chosen.features, weights)
    notes = []
    if abs(confidence - finding.confidence) > 0.002 and finding.rule:
        notes.append(f"The file has confidence {finding.confidence:.3f}: the rules have changed since it was written.")
    if finding.rule and finding.rule != _rule(s):
        notes.append(f"The file has rule {finding.rule}: the rules have changed since it was written.")
    return Explanation(
        finding=finding.id,
        document=document.id,
        says=_says(s, seen.by_id),
        sentence=" ".join(document.text[slice(*s.evidence)].split()),
        span=s.evidence,
        mentions=[
            {"id": m.id, "text": m.text, "type": m.type, "concept": m.concept, "fragments": m.fragments} for m in inside
        ],
        tree=tree,
        rule=_rule(s),
        trigger=match.node.text,
        trigger_span=(match.node.start, match.node.end),
        entry=_fields(match.trigger),
        entry_place=where(match.trigger),
        frame=frame,
        frame_place=where(match.frame),
        subject=subject,
        object=object_,
        qualifiers=_qualifiers(s, tree, seen),
        rivals=_rivals(s, seen),
        features=sorted(weighed, key=lambda w: (-abs(w.share), w.name)),
        log_odds=round(sum(w.share for w in weighed), 4),
        confidence=confidence,
        recorded=finding.confidence,
        notes=notes,
    )


def found_between(nlp: Language, document: Document, finding: Finding) -> list[str]:
    """What the rules find between the two mentions of a finding, anywhere in the document, in words."""
    seen = _analyse(nlp, document)
    pair = {finding.subject, finding.object}
    return [
        f"{_says(c.statement, seen.by_id)} [{_rule(c.statement)}]"
        for c in seen.chosen
        if {c.statement.match.subject.mention, c.statement.match.object.mention} == pair
    ]


def _analyse(nlp: Language, document: Document) -> _Seen:
    sections = document.sections or segment(document.text)
    text, whole = readable(document.text, sections)
    doc = nlp.make_doc(text)
    doc._.sections = whole
    doc._.mentions = list(document.mentions)
    for _, component in nlp.pipeline:
        doc = component(doc)
    relations: RelationsComponent = nlp.get_pipe("immunolit_relations")
    extractor = relations.extractor
    statements = extractor.statements(text, doc._.trees, document.mentions, whole)
    return _Seen(
        document, list(doc._.trees), statements, choose(statements, document.mentions),
        {m.id: m for m in document.mentions}, extractor.grammar,
    )  # fmt: skip


def _same(seen: _Seen, finding: Finding) -> Chosen | None:
    """The statement that is the finding: same pair and predicate, and of several the one with the same trigger."""

    def distance(c: Chosen) -> tuple[bool, bool, int]:
        s = c.statement
        at = (s.match.node.start, s.match.node.end)
        return at != finding.trigger, s.negated != finding.negated, abs(s.evidence[0] - finding.evidence[0])

    start, end = finding.evidence
    alike = [
        c
        for c in seen.chosen
        if (c.statement.match.subject.mention, c.statement.match.object.mention) == (finding.subject, finding.object)
        and c.statement.match.predicate == finding.predicate
        and c.statement.match.derived == finding.derived
        and c.statement.evidence[0] < end
        and start < c.statement.evidence[1]
    ]
    return min(alike, key=distance, default=None)


def _rule(s: Statement) -> str:
    return f"{s.match.trigger.id}:{s.match.frame.name}"


def _says(s: Statement, by_id: dict[str, Mention]) -> str:
    m = s.match
    said = phrase(m.predicate, m.aspect, m.direction, negated=s.negated, hedged=s.hedged)
    words = [by_id[m.subject.mention].text, said.verb, said.aspect, by_id[m.object.mention].text,
             "(derived)" if m.derived else ""]  # fmt: skip
    return " ".join(" ".join(words).split())


def _fields(trigger: Trigger) -> dict[str, Any]:
    return {k: v for k, v in trigger.model_dump(exclude_defaults=True).items() if k != "negative"}


def _qualifiers(s: Statement, tree: Tree, seen: _Seen) -> list[tuple[str, str]]:
    m = s.match
    cues = seen.grammar.cues

    def words(question: Callable[[Scope, Node], bool]) -> list[str]:
        return [] if m.presupposed else [f'"{w}"' for w in cue_words(tree, m.node, cues, question)]

    denied = words(Scope.negated)
    denied += ["the trigger itself"] if m.trigger.negated else []
    denied += [f"what the {n} stands in" for n, f in (("subject", m.subject), ("object", m.object)) if f.negated]
    hedges = words(Scope.hedged)
    out = [
        ("negated", ("yes" if s.negated else "no") + (f": {', '.join(denied)}" if denied else "")),
        ("certainty", ("hedged" if s.hedged else "asserted") + (f": {', '.join(hedges)}" if hedges else "")),
    ]
    if m.presupposed:
        out.append(("presupposed", "inside a noun phrase: not denied or hedged by the sentence around it"))
    names = [f"{seen.by_id[c].text} ({seen.by_id[c].type})" for c in s.context]
    out.append(("context", ", ".join(names) or "none"))
    out.append(("quantity", seen.document.text[slice(*s.quantity)] if s.quantity else "none"))
    return out


# In the order in which assembling prefers one statement to another.
_CRITERIA: tuple[tuple[str, Callable[[Statement], Any]], ...] = (
    ("it is derived", lambda s: s.match.derived),
    ("its arguments lie behind words of unknown meaning", lambda s: s.match.subject.weak + s.match.object.weak),
    ("its frame is less direct", lambda s: s.match.frame.cost),
    ("it says less: affects", lambda s: s.match.predicate == "affects"),
    ("it says less: associated_with", lambda s: s.match.predicate == "associated_with"),
    ("its trigger is weak", lambda s: s.match.trigger.strength == "weak"),
    ("its arguments lie further off", lambda s: s.match.subject.steps + s.match.object.steps),
    ("its trigger stands later", lambda s: s.match.node.start),
)


def _rivals(winner: Statement, seen: _Seen) -> list[Rival]:
    """Other statements about the pair in the sentence, in text order, each once."""
    pair = {winner.match.subject.mention, winner.match.object.mention}
    kept = {id(c.statement) for c in seen.chosen}
    rivals: dict[tuple[str, str, int], Rival] = {}
    for s in seen.statements:
        m = s.match
        if s is winner or s.evidence != winner.evidence or {m.subject.mention, m.object.mention} != pair:
            continue
        says, rule = _says(s, seen.by_id), _rule(s)
        own = id(s) in kept
        if not own and (says, rule, m.node.i) == (_says(winner, seen.by_id), _rule(winner), winner.match.node.i):
            continue
        rivals.setdefault((says, rule, m.node.i), Rival(says, rule, m.node.text, own, "" if own else _why(s, winner)))
    return sorted(rivals.values(), key=lambda r: (r.kept, r.says, r.rule))


def _why(loser: Statement, winner: Statement) -> str:
    for why, of in _CRITERIA:
        a, b = of(loser), of(winner)
        if a != b:
            return why if a > b else ""
    return "it is as good, and comes later by name"
