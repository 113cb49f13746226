"""Finds the verb forms that the parser misreads, for extract/relations/standins.txt.

A small parser takes rare third-person forms for plural nouns ("IL-6 stimulates cells"). Each such form of a transitive
trigger is put into plain carrier sentences; a form that is not read as the sentence's verb in all of them is listed,
and is then shown to the parser as "reduces" (see extract.relations.parsing).

    python scripts/probe_verbs.py PIPELINE [-o src/extract/relations/standins.txt]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import spacy

from extract.relations.grammar import load_grammar
from extract.relations.inflect import forms

CARRIERS = (
    "Insulin {} the production of hormones by the liver.",
    "Insulin {} cells.",
    "In mice, insulin {} growth of cells.",
    "The growth of hormones from liver {} the endocrine release of hormones from the tissues.",
)
FRAMES = {"transitive", "secretion", "causative"}


def misread(pipeline: str) -> list[str]:
    """Forms in -s that are not the root verb of every carrier sentence; forms that are nouns too are left alone."""
    grammar = load_grammar()
    nlp = spacy.load(pipeline)
    nouns = {f for t in grammar.triggers if t.pos != "VERB" for f in forms(t.lemma, "NOUN")} | set(grammar.aspects)
    verbs = sorted({t.lemma for t in grammar.triggers if t.pos == "VERB" and set(t.frame) & FRAMES and not t.prep})
    found = []
    for verb in verbs:
        form = forms(verb, "VERB")[1]
        if form in nouns or not form.endswith("s"):
            continue
        for doc in nlp.pipe(carrier.format(form) for carrier in CARRIERS):
            token = next((t for t in doc if t.text == form), None)
            if token is None or token.dep_ != "ROOT" or not token.tag_.startswith("VB"):
                found.append(form)
                break
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pipeline", help="name or path of the spaCy pipeline that parses")
    parser.add_argument("-o", "--output", type=Path, default=Path("src/extract/relations/standins.txt"))
    args = parser.parse_args()
    head = "# Verb forms that the parser misreads; made by scripts/probe_verbs.py.\n"
    args.output.write_text(head + "".join(f"{form}\n" for form in misread(args.pipeline)), encoding="utf-8")


if __name__ == "__main__":
    main()
