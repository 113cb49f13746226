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
    ("[CD28] on [T cells] binds slowly.", ["T cells produces CD28: expression"]),
    # names given, ways and quantities
    ("[Aspirin] blocks a signal called [IL-6].", ["Aspirin decreases IL-6"]),
    ("The mechanisms underlying the effect of [IL-7] involve activation of [T cells].",
     ["IL-7 associated_with+ T cells: activation"]),
    ("[Insulin] and [leptin], both of which activate [T cells], fell.",
     ["Insulin increases T cells: activation", "leptin increases T cells: activation"]),
    ("Treatments, including [surgery] and [aspirin], reduce [fever].",
     ["surgery decreases fever", "aspirin decreases fever"]),
    ("[TNF] is one of the main causes of [cachexia].", ["TNF increases cachexia: severity"]),
    ("[Statins] are used in the treatment of [gout].", ["Statins decreases gout: severity"]),
    # adjectives behind and before their noun
    ("We found [T cells] capable of producing [IL-4].", ["T cells produces IL-4: production"]),
    ("[IL-4] and [IL-13] are critical [cytokines] for [B cells].",
     ["IL-4 increases B cells", "IL-13 increases B cells"]),
    ("[IL-7] keeps [T cells] alive.", ["IL-7 increases T cells: survival"]),
    # a complement that the parser hung on the object
    ("[Rapamycin] rescued [IL-10-deficient mice] from [colitis].", ["Rapamycin decreases colitis: severity"]),
    ("[Rapamycin] rescued [T cells] from [runners].", ["Rapamycin increases T cells: survival"]),
    # past a mere place
    ("[Leptin] is raised in the [blood] of [patients with [lupus]].", ["lupus associated_with+ Leptin: level"]),
    ("The release of [insulin] from the [liver], which activates [T cells], was slow.",
     ["liver produces insulin: production", "insulin increases T cells: activation"]),
    # what was done before
    ("When [mice] were given [leptin], [T cells] multiplied.", ["leptin increases T cells"]),
    ("After [fasting] the men had less [leptin].", ["fasting associated_with- leptin: level"]),
    ("There was an increased risk of [gout] during treatment with [aspirin].", ["aspirin associated_with+ gout: risk"]),
    # whose proliferation it is, though the parser hung the owner on the verb
    ("[Rapamycin] lowered proliferation in [T cells].", ["Rapamycin decreases T cells: proliferation"]),
    # verb phrases left out
    ("[IL-4] does not activate [B cells], but [IL-13] does.",
     ["IL-4 increases B cells: activation, negated", "IL-13 increases B cells: activation"]),
    ("[Fasting] lowers [leptin], and so does [exercise].", ["Fasting decreases leptin", "exercise decreases leptin"]),
    # what happens to a group goes with what sets it apart
    ("[IL-10-deficient mice] were protected from [colitis].", ["IL-10-deficient mice associated_with- colitis"]),
    # recovery is good for cells and bad for diseases
    ("[G-CSF] speeds recovery of [neutrophils].", ["G-CSF increases neutrophils"]),
    ("[IL-6] speeds recovery from [sepsis].", ["IL-6 decreases sepsis: severity"]),
    # what bears a receptor, whose sample it is, who has a symptom
    ("[LH] binds to receptors on [Leydig cells].", ["LH affects Leydig cells: other"]),
    ("Reduced [leptin] was found in samples from [patients with [lupus]].", ["lupus associated_with- leptin: level"]),
    ("[Patients with [lupus]] may have [fever].", ["lupus associated_with+ fever: severity, hedged"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "wanted"), SENTENCES)
def test_look_through(sentence: str, wanted: list[str]) -> None:
    check(read(sentence).lines(), wanted)
