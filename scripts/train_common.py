"""What the training scripts share: reading treebanks, fitting them to spaCy's tokens, making training
examples.

A sentence is a `Tree`: parallel lists of words, following spaces, Penn tags, head indices and ClearNLP
labels (the label set of spaCy's English models). Nothing here reads the network; every random choice comes
from a `random.Random` that the caller seeds.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab
from thinc.api import NumpyOps, set_current_ops

__all__ = [
    "Tree",
    "chunks",
    "collapse",
    "doc_to_trees",
    "fit_to_tokenizer",
    "is_tree",
    "load_base",
    "make_example",
    "make_pretokenized",
    "read_conllu",
    "read_jsonl",
    "use_fast_matmul",
    "word_batches",
]

NO_SPACE_BEFORE = frozenset([".", ",", ";", ":", ")", "]", "%", "?", "!", "'s", "'", "n't"])
NO_SPACE_AFTER = frozenset(["(", "["])
HYPHENS = frozenset(["-", "–", "—", "/", "~"])
NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
PREMODIFIERS = frozenset(
    [
        "compound",
        "amod",
        "nmod",
        "nummod",
        "npadvmod",
        "advmod",
        "punct",
        "quantmod",
        "parataxis",
        "appos",
        "cc",
        "conj",
        "dep",
        "acl",
    ]
)


@dataclass
class Tree:
    """One sentence with its analysis; `heads` are indices into the sentence, the root points at itself.

    `norms` holds, for a token that stands for a whole merged mention, the word whose norm it borrows (else
    None). `para` numbers the paragraph, so that neighbours can be joined by a line break where the source
    has one.
    """

    words: list[str]
    spaces: list[bool]
    tags: list[str]
    heads: list[int]
    deps: list[str]
    norms: list[str | None] = field(default_factory=list)
    doc: str = ""
    para: str = ""

    def __post_init__(self) -> None:
        if not self.norms:
            self.norms = [None] * len(self.words)

    def __len__(self) -> int:
        return len(self.words)


def use_fast_matmul(nlp: Language) -> Language:
    """Let every layer multiply with NumPy's BLAS instead of thinc's BLIS: two to four times as fast on
    AVX-512 CPUs.
    """
    ops = NumpyOps(use_blis=False)
    set_current_ops(ops)
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        if hasattr(model, "walk"):
            for node in model.walk():
                node.ops = ops
    return nlp


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """All objects of a JSON-lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_conllu(path: Path) -> list[Tree]:
    """Trees of a CoNLL-U file in file order; spaces come from SpaceAfter, or are guessed where the file has
    no text.
    """
    trees: list[Tree] = []
    rows: list[list[str]] = []
    doc = para = ""
    has_text = False
    with path.open(encoding="utf-8") as lines:
        for line in [*lines, "\n"]:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id"):
                doc = line.partition("=")[2].strip()
            elif line.startswith("# newpar id"):
                para = line.partition("=")[2].strip()
            elif line.startswith("# text"):
                has_text = True
            elif line and not line.startswith("#"):
                cells = line.split("\t")
                if cells[0].isdigit():
                    rows.append(cells)
            elif not line and rows:
                trees.append(_tree(rows, doc, para, has_text))
                rows = []
    return trees


def _tree(rows: list[list[str]], doc: str, para: str, has_text: bool) -> Tree:
    words = [r[1] for r in rows]
    if has_text:
        spaces = ["SpaceAfter=No" not in r[9] for r in rows]
    else:
        spaces = _guess_spaces(words)
    heads = [i if r[6] == "0" else int(r[6]) - 1 for i, r in enumerate(rows)]
    deps = ["ROOT" if r[7] == "root" else r[7] for r in rows]
    return Tree(words, spaces, [r[4] for r in rows], heads, deps, doc=doc, para=para)


def _guess_spaces(words: Sequence[str]) -> list[bool]:
    spaces = []
    for this, following in zip(words, [*words[1:], ""], strict=True):
        spaces.append(bool(following) and this not in NO_SPACE_AFTER and following not in NO_SPACE_BEFORE)
    spaces[-1] = True
    return spaces


def fit_to_tokenizer(tree: Tree, nlp: Language, tagger: Language | None = None) -> Tree | None:
    """The same tree over the tokens that `nlp.tokenizer` gives for the sentence's text; None where they
    cross.

    A gold token that the tokenizer splits ("tartrate-resistant", "IL-2") gets the inner structure that
    CRAFT's annotators and OntoNotes use: the last word heads it, a number hangs on the word before it,
    hyphens are `punct`. `tagger` (any pipeline with a tagger) supplies Penn tags for the parts.
    """
    text = "".join(w + (" " if s else "") for w, s in zip(tree.words, tree.spaces, strict=True)).rstrip()
    target = nlp.make_doc(text)
    if any(t.is_space for t in target):
        return None
    words = [t.text for t in target]
    if words == tree.words:
        return tree
    groups = _groups(tree.words, words)
    if groups is None or any(len(old) > 1 and len(new) > 1 for old, new in groups):
        return None
    guessed = [t.tag_ for t in tagger(target.copy())] if tagger is not None else [""] * len(words)
    carrier = [0] * len(tree)  # old token -> the new token that carries its arc
    for old, new in groups:
        at = new[0] if len(new) == 1 else _head_part(words, new)
        for i in old:
            carrier[i] = at
    tags, heads, deps = [""] * len(words), [0] * len(words), [""] * len(words)
    for old, new in groups:
        if len(new) == 1:
            inside = set(old)
            outside = [i for i in old if tree.heads[i] not in inside or tree.heads[i] == i]
            top = outside[-1]
            tags[new[0]], deps[new[0]] = tree.tags[top], tree.deps[top]
            heads[new[0]] = new[0] if tree.heads[top] == top else carrier[tree.heads[top]]
            continue
        gold = old[0]
        top = carrier[gold]
        deps[top] = tree.deps[gold]
        heads[top] = top if tree.heads[gold] == gold else carrier[tree.heads[gold]]
        for i in new:
            tags[i] = _part_tag(words[i], guessed[i], tree.tags[gold], i == top)
        for i in new:
            if i != top:
                heads[i], deps[i] = _part_arc(words, tags, new, i, top)
    fitted = Tree(
        words, [bool(t.whitespace_) for t in target], tags, heads, deps, doc=tree.doc, para=tree.para
    )
    return fitted if is_tree(fitted) else None


def is_tree(tree: Tree) -> bool:
    """Exactly one root, which every word reaches."""
    if sum(h == i for i, h in enumerate(tree.heads)) != 1:
        return False
    for i in range(len(tree)):
        at, steps = i, 0
        while tree.heads[at] != at and steps <= len(tree):
            at, steps = tree.heads[at], steps + 1
        if steps > len(tree):
            return False
    return True


def _groups(old: Sequence[str], new: Sequence[str]) -> list[tuple[list[int], list[int]]] | None:
    """Smallest runs of old and new tokens that cover the same characters."""
    if "".join(old) != "".join(new):
        return None
    groups: list[tuple[list[int], list[int]]] = []
    i = j = length_old = length_new = 0
    run_old: list[int] = []
    run_new: list[int] = []
    while i < len(old) or j < len(new):
        if length_old <= length_new and i < len(old):
            run_old.append(i)
            length_old += len(old[i])
            i += 1
        else:
            run_new.append(j)
            length_new += len(new[j])
            j += 1
        if length_old == length_new:
            groups.append((run_old, run_new))
            run_old, run_new = [], []
    return groups


def _head_part(words: Sequence[str], part: Sequence[int]) -> int:
    wordy = [i for i in part if any(c.isalpha() for c in words[i])]
    return wordy[-1] if wordy else part[-1]


def _part_tag(word: str, guess: str, gold: str, is_head: bool) -> str:
    if word in HYPHENS:
        return "HYPH"
    if word == "+":
        return "SYM"
    if is_head:
        if gold in NOUN_TAGS:
            return gold
        return guess if guess in {"NN", "NNS", "VBN", "VBG", "JJ"} else gold
    if guess in {"NNP", "NNPS"}:
        return "NN" if guess == "NNP" else "NNS"
    return guess or gold


def _part_arc(
    words: Sequence[str], tags: Sequence[str], part: Sequence[int], i: int, top: int
) -> tuple[int, str]:
    if not any(c.isalnum() for c in words[i]):
        return top, "punct"
    if i > top:
        return top, "nummod" if tags[i] == "CD" else "dep"
    top_tag, tag = tags[top], tags[i]
    if tag.startswith("RB"):
        return top, "advmod"
    if tag == "CD":
        return top, "nummod"
    if tag.startswith("JJ"):
        return top, "amod"
    if tag == "AFX" or tag.startswith("VB"):
        return top, "amod"
    if top_tag in NOUN_TAGS:
        return top, "compound"
    return top, "npadvmod"


def doc_to_trees(doc: Doc, name: str = "") -> list[Tree]:
    """A parsed Doc as trees, one a sentence (for silver parses). Sentences that begin with a space token
    are dropped.
    """
    trees = []
    for sent in doc.sents:
        tokens = [t for t in sent if not t.is_space]
        index = {t.i: k for k, t in enumerate(tokens)}
        if not tokens or any(t.head.i not in index for t in tokens):
            continue
        trees.append(
            Tree(
                [t.text for t in tokens],
                [bool(t.whitespace_) or (t.i + 1 < len(doc) and doc[t.i + 1].is_space) for t in tokens],
                [t.tag_ for t in tokens],
                [index[t.head.i] for t in tokens],
                [t.dep_ for t in tokens],
                doc=name,
            )
        )
    return trees


def collapse(tree: Tree, rng: random.Random, share: float = 0.6, borrow: float = 0.5) -> Tree:
    """Merge noun compounds into single tokens, as the relation stage does with entity mentions before
    parsing.

    A span qualifies when it ends in a noun that heads everything in it and its other words are
    premodifiers. Of the nested choices one is drawn; `share` of the qualifying nouns are merged; `borrow`
    of the merged tokens keep the norm of their last word (the caller may set norms so at run time, or not:
    the parser should cope with both).
    """
    n = len(tree)
    depth_left = [_left_reaches(tree, j) for j in range(n)]
    merged: list[tuple[int, int]] = []
    taken = n
    for j in range(n - 1, -1, -1):
        if j >= taken or tree.tags[j] not in NOUN_TAGS or not depth_left[j] or rng.random() > share:
            continue
        start = rng.choice(depth_left[j])
        merged.append((start, j))
        taken = start
    if not merged:
        return tree
    new_of: list[int] = []
    out = Tree([], [], [], [], [], doc=tree.doc, para=tree.para)
    spans = dict(merged)
    keep: list[int] = []
    i = 0
    while i < n:
        end = spans.get(i, i)
        text = "".join(tree.words[k] + (" " if tree.spaces[k] and k < end else "") for k in range(i, end + 1))
        out.words.append(text)
        out.spaces.append(tree.spaces[end])
        out.tags.append(tree.tags[end])
        out.deps.append(tree.deps[end])
        borrowed = end > i and rng.random() < borrow
        out.norms.append(tree.words[end].lower() if borrowed else tree.norms[i] if end == i else None)
        keep.append(end)
        new_of.extend([len(out.words) - 1] * (end - i + 1))
        i = end + 1
    out.heads = [new_of[tree.heads[k]] for k in keep]
    return out


def _left_reaches(tree: Tree, j: int) -> list[int]:
    """Starts i < j for which [i, j] is closed: every word before j is a premodifier with its head inside."""
    starts: list[int] = []
    lowest_needed = j
    for i in range(j - 1, max(-1, j - 9), -1):
        head = tree.heads[i]
        if tree.deps[i] not in PREMODIFIERS or head > j or head == i or tree.words[i] in {",", ";", ":"}:
            break
        lowest_needed = min(lowest_needed, head)
        closed = i <= lowest_needed and all(i <= tree.heads[k] <= j for k in range(i, j))
        if closed and tree.tags[i] not in {"HYPH", "-LRB-", "-RRB-", "CC"}:
            starts.append(i)
    # A later word may hang on a word inside the span; after the merge it hangs on the merged token.
    return starts


def chunks(trees: Sequence[Tree], rng: random.Random, longest: int = 4) -> Iterator[list[Tree]]:
    """Runs of one to `longest` neighbouring sentences of one document, so that the parser learns sentence
    boundaries.
    """
    i = 0
    while i < len(trees):
        size = rng.randint(1, longest) if rng.random() < 0.7 else 1
        run = [t for t in trees[i : i + size] if t.doc == trees[i].doc]
        yield run
        i += len(run)


def make_pretokenized(vocab: Vocab, run: Sequence[Tree]) -> tuple[Doc, list[str], list[int], list[str]]:
    """A bare Doc of the run, with its gold tags, heads and labels; paragraphs are parted by a line-break
    token.
    """
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    heads: list[int] = []
    deps: list[str] = []
    norms: list[str | None] = []
    for k, tree in enumerate(run):
        base = len(words)
        words += tree.words
        spaces += tree.spaces
        tags += tree.tags
        deps += tree.deps
        norms += tree.norms
        heads += [base + h for h in tree.heads]
        if k + 1 < len(run):
            if tree.para != run[k + 1].para:
                spaces[-1] = False
                words.append("\n\n")
                spaces.append(False)
                tags.append("_SP")
                heads.append(len(words) - 2)
                deps.append("dep")
                norms.append(None)
            else:
                spaces[-1] = True
    doc = Doc(vocab, words=words, spaces=spaces)
    for token, norm in zip(doc, norms, strict=True):
        if norm is not None:
            token.norm_ = norm
    return doc, tags, heads, deps


def make_example(vocab: Vocab, run: Sequence[Tree]) -> Example:
    """A training example whose predicted side has the same tokens as the gold side."""
    predicted, tags, heads, deps = make_pretokenized(vocab, run)
    gold = Doc(
        vocab,
        words=[t.text for t in predicted],
        spaces=[bool(t.whitespace_) for t in predicted],
        tags=tags,
        heads=heads,
        deps=deps,
    )
    return Example(predicted, gold)


def word_batches(examples: Iterable[Example], size: int) -> Iterator[list[Example]]:
    """Batches of about `size` tokens."""
    batch: list[Example] = []
    total = 0
    for example in examples:
        batch.append(example)
        total += len(example.predicted)
        if total >= size:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch


def load_base(name: str, exclude: Sequence[str] = ()) -> Language:
    """A spaCy pipeline with NumPy matrix products."""
    return use_fast_matmul(spacy.load(name, exclude=list(exclude)))
