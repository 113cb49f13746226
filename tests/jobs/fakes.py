"""An annotator without a model, for tests of jobs. Worker processes import it by name."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from extract.errors import ConfigError, DocumentError
from extract.jobs.annotators import Annotator
from extract.schema import Document, Finding, Mention

IDENTITY = {"version": "9.9", "lexicon": "L1", "grammar": "G1", "model": "M1"}


@dataclass(frozen=True)
class FakeOpener:
    """Finds "IL-6" and "cortisol", and "raises" between them. Texts with BOOM, REFUSE, KILL or BAD do so."""

    broken: bool = False

    def __call__(self) -> Annotator:
        if self.broken:
            raise ConfigError("No such pipeline.", remedy="Install one.")
        return _Fake()


class _Fake:
    def identity(self) -> dict[str, str]:
        return IDENTITY

    def annotate(self, document: Document) -> Document:
        text = document.text
        if "BOOM" in text:
            raise ValueError("boom")
        if "REFUSE" in text:
            raise DocumentError("It is too long.", reason="too_large", remedy="Split it.")
        if "KILL" in text:
            os._exit(9)
        mentions = [
            Mention(
                id=f"m{n}",
                type="HORMONE" if found[0] == "cortisol" else "CYTOKINE",
                fragments=[found.span()],
                text=found[0],
            )
            for n, found in enumerate(re.finditer(r"IL-6|cortisol", text), 1)
        ]
        findings = [
            Finding(
                id=f"f{n}",
                subject="m1",
                predicate="increases",
                object="m9" if "BAD" in text else "m2",
                aspect="level",
                evidence=(0, len(text)),
                trigger=found.span(),
                rule="raise/active",
            )
            for n, found in enumerate(re.finditer("raises", text), 1)
            if len(mentions) > 1
        ]
        return document.model_copy(update={"mentions": mentions, "findings": findings})
