"""Annotate a stream of documents in this process or in several, always in the order of the stream."""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Generic, TypeVar

from extract.errors import ImmunolitError
from extract.jobs.annotators import Annotator, Opener
from extract.schema import Document

__all__ = ["Outcome", "Refusal", "annotate_all"]

Tag = TypeVar("Tag")

# Documents in flight for each worker: enough to keep it busy, few enough to hold memory down.
_IN_FLIGHT = 4


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document was not done."""

    reason: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The annotated document or the reason why there is none, and the time it took."""

    document: Document | None
    refusal: Refusal | None = None
    seconds: float = 0.0


def annotate_all(
    stream: Iterable[tuple[Tag, Document | None]], opener: Opener, *, workers: int = 1
) -> tuple[dict[str, str], Generator[tuple[Tag, Outcome | None], None, None]]:
    """Annotate each document of the stream.

    `stream`: pairs of anything and a document; a pair without a document passes through and keeps its place.
    Returns the annotator's identity and the outcomes in the order of the stream, whatever the number of
    workers. Errors while opening the annotator are raised; errors on one document become its `Refusal`.
    """
    if workers <= 1:
        annotator = opener()
        return annotator.identity(), _serial(stream, annotator)
    pool: _Pool[Tag] = _Pool(opener, workers)
    try:
        return pool.identity(), pool.run(stream)
    except BaseException:
        pool.close()
        raise


def _serial(
    stream: Iterable[tuple[Tag, Document | None]], annotator: Annotator
) -> Generator[tuple[Tag, Outcome | None], None, None]:
    for tag, document in stream:
        yield tag, None if document is None else _attempt(annotator, document)


def _attempt(annotator: Annotator, document: Document) -> Outcome:
    started = time.perf_counter()
    try:
        done = annotator.annotate(document)
    except ImmunolitError as error:
        refusal = Refusal(error.reason, error.message, error.remedy)
    except Exception as error:
        refusal = Refusal(
            "pipeline",
            f"The pipeline failed on this document: {type(error).__name__}: {error}",
            "Leave the document out to go on, and report it with its text.",
        )
    else:
        return Outcome(done, seconds=time.perf_counter() - started)
    return Outcome(None, refusal, time.perf_counter() - started)


# One annotator for each worker process, opened once by the pool's initializer.
_annotator: Annotator | None = None


def _open(opener: Opener) -> None:
    global _annotator
    _annotator = opener()


def _work(document: Document) -> Outcome:
    assert _annotator is not None
    return _attempt(_annotator, document)


class _Pool(Generic[Tag]):
    """Worker processes that are replaced when a document kills one (memory, a crash in compiled code)."""

    def __init__(self, opener: Opener, workers: int) -> None:
        # An error of the opener would only be printed by the initializer: raise it here, once, in the
        # caller's face.
        self._identity = opener().identity()
        self._opener = opener
        self._workers = workers
        self._pool = self._fresh()

    def _fresh(self) -> ProcessPoolExecutor:
        # Spawn: fork copies locks of threads that compiled libraries may hold.
        return ProcessPoolExecutor(
            self._workers, multiprocessing.get_context("spawn"), initializer=_open, initargs=(self._opener,)
        )

    def identity(self) -> dict[str, str]:
        return self._identity

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def run(self, stream: Iterable[tuple[Tag, Document | None]]) -> Generator[tuple[Tag, Outcome | None], None, None]:
        waiting: deque[tuple[Tag, Document | None, Future[Outcome] | None]] = deque()
        try:
            for tag, document in stream:
                waiting.append((tag, document, self._submit(document)))
                while len(waiting) > self._workers * _IN_FLIGHT:
                    yield self._next(waiting)
            while waiting:
                yield self._next(waiting)
        finally:
            self.close()

    def _submit(self, document: Document | None) -> Future[Outcome] | None:
        if document is None:
            return None
        try:
            return self._pool.submit(_work, document)
        except BrokenProcessPool:
            # Noticed too late to tell who broke it: `_next` tries all that are in flight again, one by one.
            failed: Future[Outcome] = Future()
            failed.set_exception(BrokenProcessPool())
            return failed

    def _next(self, waiting: deque[tuple[Tag, Document | None, Future[Outcome] | None]]) -> tuple[Tag, Outcome | None]:
        tag, document, future = waiting.popleft()
        if document is None or future is None:
            return tag, None
        try:
            return tag, future.result()
        except BrokenProcessPool:
            outcome = self._alone(document)
        # The others in flight died with their worker through no fault of theirs.
        for place, (tag_, document_, future_) in enumerate(waiting):
            if future_ is not None and future_.done() and future_.exception() is not None:
                waiting[place] = (tag_, document_, self._submit(document_))
        return tag, outcome

    def _alone(self, document: Document) -> Outcome:
        """Try a document with no other in flight, so that the blame is sure."""
        self.close()
        self._pool = self._fresh()
        try:
            return self._pool.submit(_work, document).result()
        except BrokenProcessPool:
            self.close()
            self._pool = self._fresh()
            return Outcome(
                None,
                Refusal(
                    "killed",
                    "The worker process died on this document, most likely for want of memory.",
                    "Split the document, or run with fewer --workers.",
                ),
            )
