"""Arguments that do not stand at the trigger: added, included, denied and fronted names, stimuli, origins, ways."""

from __future__ import annotations

import pytest
from relation_kit import check, read

SENTENCES = [
    # members
    ("[LPS] induces [cytokines] that include [IL-6].",
     ["LPS increases cytokines", "LPS increases IL-6"]),
    ("In addition to [IL-4], [IL-13] activates [B cells].",
     ["IL-13 increases B cells: activation", "IL-4 increases B cells: activation"]),
    ("[Macrophages] release [TNF], along with [IL-6].",
     ["Macrophages produces TNF: production", "Macrophages produces IL-6: production"]),
    ("[Dexamethasone] blocks the release of [IL-4] but not of [IL-10].",
     ["Dexamethasone decreases IL-4: production", "Dexamethasone decreases IL-10: production, negated"]),
    # what the subject is said to be
    ("The most common cause of [osteoporosis] is [cortisol].", ["cortisol increases osteoporosis: severity"]),
    ("One way in which [aspirin] acts is inhibition of [TNF].", ["aspirin decreases TNF"]),
    # what a maker answers to
    ("In response to [LPS], [macrophages] secreted [TNF].",
     ["macrophages produces TNF: production", "LPS increases TNF: production", "LPS increases macrophages: activity"]),
    ("[Monocytes] make [IL-8] when stimulated with [LPS].",
     ["Monocytes produces IL-8: production", "LPS increases IL-8: production", "LPS increases Monocytes: activity"]),
    ("In spite of [LPS], [macrophages] secreted [TNF].", ["macrophages produces TNF: production"]),
    # who makes it
    ("[Mast cells] attract [neutrophils] through the release of [TNF].",
     ["Mast cells increases neutrophils: migration", "Mast cells produces TNF: production"]),
    ("[IL-6] from [muscle] raises [insulin].", ["muscle produces IL-6: production", "IL-6 increases insulin"]),
    ("[IL-6] from [serum] was measured.", []),
    # what bears a receptor, whose sample it is, who has a symptom
    ("[LH] binds to receptors on [Leydig cells].", ["LH affects Leydig cells: other"]),
    ("Reduced [leptin] was found in samples from [patients with [lupus]].", ["lupus associated_with- leptin: level"]),
    ("[Patients with [lupus]] may have [fever].", ["lupus associated_with+ fever: severity, hedged"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "wanted"), SENTENCES)
def test_look_through(sentence: str, wanted: list[str]) -> None:
    check(read(sentence).lines(), wanted)
