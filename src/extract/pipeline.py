"""Puts the components together as one spaCy Language; Document in, Document out.

    nlp = load()
    doc = nlp(text)
    doc._.mentions, doc._.findings, doc._.sections, doc._.trees

Each component is a spaCy factory with an entry point, so that it works inside a pipeline of the user's own:
`immunolit_sections`, `immunolit_entities`, `immunolit_parser`, `immunolit_relations`.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from .entities.annotator import EntityAnnotator
from .entities.candidate import RECALLS, Recall
from .entities.settling import Settler
from .entities.tagger import Tagger
from .errors import ConfigError
from .lexicon import Lexicon
from .matmul import one_thread
from .models import DEFAULT_MODEL, EntityProposer, fingerprint, load_model, model_table, open_pipeline
from .readers.sections import readable, segment
from .relations.extractor import RelationExtractor
from .relations.parsing import merge_parse, parse_sentences
from .relations.selection import worth_parsing
from .schema import Document, Mention, Section, Span
from .sentences import split_sentences

__all__ = [
    "annotate", "identity", "load", "make_entities", "make_parser", "make_relations", "make_sections",
]  # fmt: skip

for _name in ("sections", "mentions", "findings", "trees"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


class SectionsComponent:
    """Marks sections and sentence starts."""

    def __init__(self, senter: Language) -> None:
        self.senter = senter

    def __call__(self, doc: Doc) -> Doc:
        """Fill `doc._.sections`, and sentence starts unless the Doc has them."""
        sections = _sections(doc)
        if not doc.has_annotation("SENT_START") and len(doc):
            with one_thread():
                starts = {a for a, _ in split_sentences(self.senter, doc.text, sections)}
            starts |= {s.start for s in sections}
            at = sorted(starts)
            k = 0
            for token in doc:
                # A token that holds the first code point of a sentence opens it.
                fresh = False
                while k < len(at) and at[k] < token.idx + max(1, len(token)):
                    fresh = True
                    k += 1
                token.is_sent_start = fresh or token.i == 0
        return doc


class EntitiesComponent:
    """Finds mentions, unless they were given."""

    def __init__(self, annotator: EntityAnnotator) -> None:
        self.annotator = annotator

    def __call__(self, doc: Doc) -> Doc:
        """Fill `doc._.mentions`."""
        if doc._.mentions is None:
            skip = [(s.start, s.end) for s in _sections(doc) if s.kind in ("clutter", "reference")]
            with one_thread():
                doc._.mentions = self.annotator(doc, skip)
        return doc


class ParserComponent:
    """Parses the sentences that can hold a finding, mentions collapsed to one word each."""

    def __init__(self, parser: Language) -> None:
        self.parser = parser

    def __call__(self, doc: Doc) -> Doc:
        """Fill `doc._.trees`."""
        mentions = _by_start(doc._.mentions)
        spans = worth_parsing(doc.text, _prose_sentences(doc), mentions)
        with one_thread():
            doc._.trees = parse_sentences(self.parser, doc, spans, mentions)
        return doc


class RelationsComponent:
    """Finds findings between mentions in the parse."""

    def __init__(self, extractor: RelationExtractor, min_confidence: float = 0.0) -> None:
        self.extractor = extractor
        self.min_confidence = min_confidence

    def __call__(self, doc: Doc) -> Doc:
        """Fill `doc._.findings`; without trees of ours the Doc's own parse is used."""
        mentions = doc._.mentions or []
        if doc._.trees is None:
            text = doc.text
            ordered = _by_start(mentions)
            wanted = set(worth_parsing(text, _prose_sentences(doc), ordered))
            doc._.trees = [
                merge_parse(sent, mentions)
                for sent in (doc.sents if doc.has_annotation("DEP") else ())
                if _bounds(text, sent.start_char, sent.end_char) in wanted
            ]
        findings = self.extractor(doc.text, doc._.trees, mentions, _sections(doc))
        doc._.findings = [f for f in findings if f.confidence >= self.min_confidence]
        return doc


def _sections(doc: Doc) -> list[Section]:
    if doc._.sections is None:
        doc._.sections = segment(doc.text)
    sections: list[Section] = doc._.sections
    return sections


def _by_start(mentions: list[Mention] | None) -> list[Mention]:
    """Given mentions may come in any order."""
    return sorted(mentions or [], key=lambda m: m.start)


def _bounds(text: str, start: int, end: int) -> Span:
    # The text is handed over, since spaCy puts doc.text together anew at each call.
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _prose_sentences(doc: Doc) -> list[Span]:
    """Sentences outside clutter and references, trimmed."""
    skip = [(s.start, s.end) for s in _sections(doc) if s.kind in ("clutter", "reference")]
    if not len(doc):
        return []
    out = []
    k = 0
    text = doc.text
    for sent in doc.sents:
        a, b = _bounds(text, sent.start_char, sent.end_char)
        while k < len(skip) and skip[k][1] <= a:
            k += 1
        if a < b and not (k < len(skip) and skip[k][0] < b):
            out.append((a, b))
    return out


@lru_cache(maxsize=4)
def _model(name: str, config: Path | None) -> Language:
    return load_model(name, config=config)


@lru_cache(maxsize=4)
def _senter(name: str, config: Path | None) -> Language:
    """The cheapest thing in the model that finds sentences: its senter, else a rule."""
    model = _model(name, config)
    if model.has_pipe("senter"):
        senter = open_pipeline(
            name, exclude=[p for p in (*model.component_names, "ner") if p != "senter"], enable=["senter"]
        )
    else:
        senter = spacy.blank("en")
        senter.add_pipe("sentencizer")
    senter.max_length = _MAX_LENGTH
    return senter


# The readers limit a document's size; spaCy's own limit is meant for whole-document parsing.
_MAX_LENGTH = 200_000_000


def make_sections(nlp: Language, name: str, model: str) -> SectionsComponent:
    """Factory of `immunolit_sections`. `model` names the pipeline whose sentence recogniser is used."""
    return SectionsComponent(_senter(model, None))


def make_entities(nlp: Language, name: str, model: str, recall: Recall) -> EntitiesComponent:
    """Factory of `immunolit_entities`.

    `model`, if not empty, proposes mentions too (a scispaCy NER model). `recall` says how sure a mention has to be:
    "high", "balanced" or "precise".
    """
    return EntitiesComponent(_annotator(model, None, recall))


def make_parser(nlp: Language, name: str, model: str) -> ParserComponent:
    """Factory of `immunolit_parser`. `model` names the pipeline that parses."""
    return ParserComponent(_parser(model, None))


def make_relations(nlp: Language, name: str, min_confidence: float) -> RelationsComponent:
    """Factory of `immunolit_relations`. Findings of less than `min_confidence` are left out."""
    return RelationsComponent(RelationExtractor(), min_confidence)


def _annotator(model: str, config: Path | None, recall: Recall) -> EntityAnnotator:
    proposer = None
    if model:
        labels = model_table(config).get(model)
        if labels is not None and labels.labels:
            proposer = EntityProposer(_model(model, config), labels.labels, model)
    return EntityAnnotator(Lexicon.load(), proposer, tagger=_tagger(), settler=_settler(), recall=recall)


@lru_cache(maxsize=1)
def _tagger() -> Tagger:
    return Tagger.load()


@lru_cache(maxsize=1)
def _settler() -> Settler:
    return Settler.load()


@lru_cache(maxsize=4)
def _parser(name: str, config: Path | None) -> Language:
    """The model without what the parse does not need."""
    parser = _model(name, config)
    if "ner" in parser.pipe_names or "senter" in parser.pipe_names:
        parser = open_pipeline(name, exclude=["ner", "senter"])
    return parser


Language.factory("immunolit_sections", default_config={"model": DEFAULT_MODEL}, func=make_sections)
Language.factory("immunolit_entities", default_config={"model": "", "recall": "balanced"}, func=make_entities)
Language.factory("immunolit_parser", default_config={"model": DEFAULT_MODEL}, func=make_parser)
Language.factory("immunolit_relations", default_config={"min_confidence": 0.0}, func=make_relations)


def load(pipeline: str = "", *, config: Path | None = None, recall: Recall = "balanced") -> Language:
    """The whole pipeline as one spaCy Language.

    Args:
        pipeline: name of an installed spaCy or scispaCy pipeline to tag, parse and propose mentions with; empty for
            the default parser.
        config: file in the form of pipelines.yml, to map entity labels of further pipelines.
        recall: how sure a mention has to be: "high" keeps doubtful ones for a reader to judge, "precise" only what
            is nearly certain. Precision and recall of each stand in README.

    Raises:
        MissingPipelineError: the named pipeline is not installed.
        ConfigError: it cannot parse, the file is malformed, or there is no such setting of recall.
    """
    if recall not in RECALLS:
        raise ConfigError(f"There is no recall {recall!r}.", remedy=f"Choose one of: {', '.join(RECALLS)}.")
    name = pipeline or DEFAULT_MODEL
    _model(name, config)
    nlp = spacy.blank("en")
    nlp.max_length = _MAX_LENGTH
    nlp.add_pipe("immunolit_sections", config={"model": name})
    nlp.add_pipe("immunolit_entities", config={"model": pipeline, "recall": recall})
    nlp.add_pipe("immunolit_parser", config={"model": name})
    nlp.add_pipe("immunolit_relations", config={"min_confidence": _settler().limits[recall].finding})
    if config is not None and pipeline:
        component: EntitiesComponent = nlp.get_pipe("immunolit_entities")
        component.annotator = _annotator(pipeline, config, recall)
    nlp.meta["immunolit_model"] = name
    return nlp


def annotate(
    nlp: Language,
    document: Document,
    *,
    mentions: Literal["find", "given"] = "find",
    min_confidence: float = 0.0,
) -> Document:
    """A copy of `document` with sections, mentions and findings filled in.

    With `mentions="given"` the document's mentions are kept as they are and only findings between them are sought.
    Findings of less than `min_confidence` are left out.
    """
    sections = document.sections or segment(document.text)
    # Markup inside a sentence is blanked out, so that it is one sentence again; offsets stay as they are.
    text, whole = readable(document.text, sections)
    doc = nlp.make_doc(text)
    doc._.sections = whole
    if mentions == "given":
        doc._.mentions = list(document.mentions)
    for _, component in nlp.pipeline:
        doc = component(doc)
    found: list[Mention] = doc._.mentions
    if mentions == "find" and text != document.text:
        found = [_as_written(m, document.text) for m in found]
    return document.model_copy(
        update={
            "sections": list(sections),
            "mentions": found,
            "findings": [f for f in doc._.findings if f.confidence >= min_confidence],
        }
    )


def _as_written(mention: Mention, text: str) -> Mention:
    """The mention with the words of the document, markup inside it included."""
    return mention.model_copy(update={"text": " … ".join(text[a:b] for a, b in mention.fragments)})


@lru_cache(maxsize=4)
def _fingerprint(parser: Language) -> str:
    return fingerprint(parser)


def identity(nlp: Language) -> dict[str, str]:
    """What made the output: version, content hashes of lexicon and grammar, name, version and hash of the model."""
    entities: EntitiesComponent = nlp.get_pipe("immunolit_entities")
    relations: RelationsComponent = nlp.get_pipe("immunolit_relations")
    parser: ParserComponent = nlp.get_pipe("immunolit_parser")
    try:
        number = version("immunolit")
    except PackageNotFoundError:
        number = "0+unknown"
    meta = parser.parser.meta
    model = f"{meta.get('lang', 'en')}_{meta.get('name', '')} {meta.get('version', '')}"
    tagger = entities.annotator.tagger
    heard = f" tagger {tagger.hash}" if tagger is not None and tagger.hash else ""
    return {
        "version": number,
        "lexicon": str(getattr(entities.annotator.lexicon, "hash", "")),
        "grammar": relations.extractor.grammar.hash,
        "model": f"{model} {_fingerprint(parser.parser)}{heard}".strip(),
    }
