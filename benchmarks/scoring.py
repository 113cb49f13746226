"""How long scoring takes: documents, findings and resamples as given, on made-up annotations.

    python benchmarks/scoring.py [--documents 1000] [--findings 10000] [--resamples 1000]

Prints seconds for matching, for the intervals, and for a paired comparison with a baseline.
"""

from __future__ import annotations

import argparse
import random
import time

from extract.schema import ASPECTS, MENTION_TYPES, PREDICATES, Document, Finding, Mention
from extract.scoring import score


def make(name: str, findings: int, rng: random.Random, noise: float) -> Document:
    """A document with about 2.5 mentions and 40 words for each finding, some of them changed at random."""
    words = [f"word{n:04d}" for n in range(40 * findings)]
    text = " ".join(words)
    places = random.Random(name)  # the same for gold and prediction
    mentions = []
    for n in range(findings * 5 // 2):
        at = places.randrange(len(words)) + (rng.random() < noise)
        start, end = 9 * at, min(len(text), 9 * at + 8)
        kind = places.choice(MENTION_TYPES[:6])
        mentions.append(
            Mention(
                id=f"m{n}", type=kind, fragments=[(start - 9 * (end <= start), end)], text=text[start:end]
            )
        )
    stated = []
    for n in range(findings):
        a, b = places.sample(mentions, 2)
        start = 360 * n
        predicate = places.choice(PREDICATES) if rng.random() > noise else rng.choice(PREDICATES)
        stated.append(
            Finding(
                id=f"f{n}", subject=a.id, object=b.id, predicate=predicate, aspect=places.choice(ASPECTS),
                evidence=(start, min(len(text), start + 359)), rule=f"rule{places.randrange(120)}",
            )
        )  # fmt: skip
    return Document(id=name, text=text, mentions=mentions, findings=stated)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--findings", type=int, default=10_000)
    parser.add_argument("--resamples", type=int, default=1000)
    options = parser.parse_args()
    rng = random.Random(0)
    each = max(1, options.findings // options.documents)
    names = [f"d{n}" for n in range(options.documents)]
    gold, pred, old = ({n: make(n, each, rng, noise) for n in names} for noise in (0.0, 0.2, 0.3))
    for matching in ("greedy", "optimal"):
        start = time.perf_counter()
        scores = score(gold, pred, matching=matching, resamples=options.resamples)
        matched = time.perf_counter()
        span = scores.interval("findings.signed.f1")
        resampled = time.perf_counter()
        f1 = scores.headline.f1
        print(f"{matching:8} matching {matched - start:.2f} s, intervals of {len(scores.keys)} metrics "
              f"{resampled - matched:.2f} s (signed F1 {f1:.3f}, {span})")  # fmt: skip
    baseline = score(gold, old, resamples=options.resamples)
    start = time.perf_counter()
    scores.compare(baseline)
    print(f"comparison with a baseline {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
