"""Which routine multiplies matrices in the networks: NumPy's BLAS on one thread instead of thinc's BLIS.

The parser is about 1.7 times as fast that way on CPUs with wide vectors, and parses the same (benchmarks/RESULTS.md).
One thread, because more of them gain nothing on matrices of this size, cost processor time, and might round
differently; several documents are worked on in several processes instead.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache

from spacy.language import Language
from thinc.api import Model, NumpyOps
from threadpoolctl import ThreadpoolController

__all__ = ["multiply_with_numpy", "one_thread"]


def multiply_with_numpy(nlp: Language) -> Language:
    """Let every layer of a pipeline that runs on the processor multiply with NumPy; returns the same pipeline."""
    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        if isinstance(model, Model):
            for node in model.walk():
                if isinstance(node.ops, NumpyOps):
                    node.ops = ops
    return nlp


@cache
def _controller() -> ThreadpoolController:
    # Looks through all loaded libraries, which takes milliseconds: once a process is enough.
    return ThreadpoolController()


def one_thread() -> AbstractContextManager[object]:
    """While it is open, BLAS works on one thread. Use it around calls of a network."""
    limit: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limit
