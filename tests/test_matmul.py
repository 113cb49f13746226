"""The networks multiply with NumPy on one thread, and parse as they did with BLIS."""

from __future__ import annotations

import spacy
from thinc.api import NumpyOps
from threadpoolctl import threadpool_info

from extract.matmul import multiply_with_numpy, one_thread
from extract.models import DEFAULT_MODEL, open_pipeline

TEXT = (
    "Training lowers cortisol in older women, whereas a single bout raises it. "
    "Macrophages that had engulfed dying cells released TGF-beta and kept T helper cells from dividing."
)


def blas_threads() -> set[int]:
    return {lib["num_threads"] for lib in threadpool_info() if lib["user_api"] == "blas"}


def test_the_parse_is_the_same_with_either_routine() -> None:
    def parse(nlp: spacy.Language) -> list[tuple[int, str, str]]:
        return [(t.head.i, t.dep_, t.tag_) for t in nlp(TEXT)]

    nlp = open_pipeline(DEFAULT_MODEL, exclude=["senter"])
    ours = parse(nlp)
    blis = NumpyOps(use_blis=True)
    for _, pipe in nlp.pipeline:
        for node in pipe.model.walk() if hasattr(pipe, "model") and hasattr(pipe.model, "walk") else ():
            node.ops = blis
    assert parse(nlp) == ours
    assert any(dep == "nsubj" for _, dep, _ in ours)


def test_every_layer_of_a_loaded_pipeline_is_changed() -> None:
    nlp = open_pipeline(DEFAULT_MODEL)
    layers = [node for _, p in nlp.pipeline if hasattr(p, "model") for node in getattr(p.model, "walk", list)()]
    assert len(layers) > 50
    assert not any(node.ops.use_blis for node in layers)


def test_a_pipeline_without_networks_is_left_alone() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    assert multiply_with_numpy(nlp) is nlp


def test_threads_are_limited_only_inside() -> None:
    before = blas_threads()
    with one_thread():
        assert blas_threads() <= {1}
    assert blas_threads() == before
