"""Other forms of a name, by rule. Spelling (hyphens, Greek, British, plurals) is text.squeeze's work, not
done here."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["variants"]

_OF: Final = re.compile(
    r"^(?P<head>(?:[\w-]+ )?(?:cancer|carcinoma|adenocarcinoma|sarcoma|lymphoma|melanoma|tumou?r|neoplasm|"
    r"disease|disorder|infection|inflammation|fibrosis|atrophy|injury|metastasis|abscess|cyst|edema|oedema|"
    r"ulcer|pain)) of (?:the )?(?P<site>[\w-]+(?: [\w-]+){0,2})$",
    re.IGNORECASE,
)
_SITED: Final = re.compile(
    r"^(?P<site>[a-z][a-z-]+(?: [a-z][a-z-]+)?) (?P<head>cancer|carcinoma|adenocarcinoma|sarcoma|tumou?r|"
    r"neoplasm|disease|infection|inflammation|fibrosis|atrophy|injury|abscess)$",
    re.IGNORECASE,
)
_LYMPHOCYTE: Final = re.compile(r"\b(?P<kind>[TB]|NK|NKT|MAIT)[ -](?P<head>lymphocyte|cell)(?P<s>s?)\b")
_GREEK_END: Final = re.compile(r"^(?P<stem>[A-Z][A-Z0-9-]{1,9}?)[ -]?(?P<greek>alpha|beta|gamma|α|β|γ)$")
_POSITIVE: Final = re.compile(r"\b(?P<marker>[A-Z][A-Za-z0-9]*\d[A-Za-z0-9]*)-positive,? ")
_RECOMBINANT: Final = re.compile(
    r"^(?:IL|IFN|TNF|TGF|GM-?CSF|G-?CSF|M-?CSF|VEGF|EGF|FGF|IGF|GH|EPO)[ -]?[0-9A-Zα-ω]{0,4}$"
)
_LETTER: Final = {"alpha": "a", "α": "a", "beta": "b", "β": "b", "gamma": "g", "γ": "g"}


def variants(name: str, type_: str) -> list[str]:
    """Names that mean the same as `name`, without `name` itself, in a fixed order.

    "carcinoma of the breast" gives "breast carcinoma" and back (DISEASE); "T lymphocyte" gives "T cell" and
    back,
    "CD4-positive T cell" gives "CD4+ T cell" (CELL); "TNF-alpha" gives "TNFa" (CYTOKINE, HORMONE,
    PROTEIN), "IL-2" gives "rhIL-2" (CYTOKINE, HORMONE).
    """
    out: list[str] = []
    if type_ == "DISEASE":
        if found := _OF.match(name):
            out.append(f"{found['site']} {found['head']}")
        elif found := _SITED.match(name):
            out.append(f"{found['head']} of {found['site']}")
    elif type_ == "CELL":
        swapped = _LYMPHOCYTE.sub(
            lambda m: f"{m['kind']} {'cell' if m['head'] == 'lymphocyte' else 'lymphocyte'}{m['s']}", name
        )
        forms = [name, swapped] if swapped != name else [name]
        for form in forms:
            signed = _POSITIVE.sub(lambda m: f"{m['marker']}+ ", form)
            for other in (form, signed, signed.replace(",", "")):
                if other != name and other not in out:
                    out.append(other)
    elif type_ in ("CYTOKINE", "HORMONE", "PROTEIN"):
        if found := _GREEK_END.match(name):
            out.append(found["stem"] + _LETTER[found["greek"]])
        if type_ != "PROTEIN" and _RECOMBINANT.match(name):
            # Recombinant, human, murine.
            out.extend(prefix + name for prefix in ("r", "rh", "rm", "h", "m"))
    return out
