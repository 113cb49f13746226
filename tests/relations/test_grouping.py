"""Which stretches of a sentence are one word to the parser."""

from __future__ import annotations

import pytest
from relation_kit import marked

from extract.relations.grouping import Group, group_mentions, outer_mentions
from extract.schema import Mention

# sentence, the groups as "text: names that it stands for"
LISTS = [
    ("[IL-1], [IL-6] and [TNF] cause [fever].", ["IL-1, IL-6 and TNF: IL-1 IL-6 TNF", "fever: fever"]),
    ("[IL-1], [IL-6], and [TNF] rise.", ["IL-1, IL-6, and TNF: IL-1 IL-6 TNF"]),
    ("[IL-4], [IL-5] or [IL-13] will do.", ["IL-4, IL-5 or IL-13: IL-4 IL-5 IL-13"]),
    ("[T cells], [B cells] and [NK cells] came.", ["T cells, B cells and NK cells: T cells B cells NK cells"]),
    # a fronted phrase ends before the list that is the subject
    ("Besides [IL-2], [IL-4], [IL-7] and [TNF] rose.", ["IL-2: IL-2", "IL-4, IL-7 and TNF: IL-4 IL-7 TNF"]),
    ("In addition to [IL-2], [IL-4] and [IL-7], [TNF] rose.", ["IL-2, IL-4 and IL-7: IL-2 IL-4 IL-7", "TNF: TNF"]),
    ("After [IL-2], [IL-4] and [IL-7], mice slept.", ["IL-2, IL-4 and IL-7: IL-2 IL-4 IL-7"]),
    # a slash joins what it stands between
    ("The [IL-23]/[IL-17] axis drives [psoriasis].", ["IL-23/IL-17: IL-23 IL-17", "psoriasis: psoriasis"]),
    ("[IL-1]/[IL-6]/[TNF] rose.", ["IL-1/IL-6/TNF: IL-1 IL-6 TNF"]),
    # two names are left to the parser
    ("[IL-4] and [IL-13] rise.", ["IL-4: IL-4", "IL-13: IL-13"]),
    # names of other types are no list
    ("[IL-6], [T cells] and [asthma] differ.", ["IL-6: IL-6", "T cells: T cells", "asthma: asthma"]),
    # cytokines and other molecules may stand in one list
    ("[IL-6], [CRP] and [cortisol] rose.", ["IL-6, CRP and cortisol: IL-6 CRP cortisol"]),
    # words between the names break it
    ("[IL-1] rose, [IL-6] fell and [TNF] stayed.", ["IL-1: IL-1", "IL-6: IL-6", "TNF: TNF"]),
]
BRACKETS = [
    ("[Interleukin-2] ([IL-2]) rose.", ["Interleukin-2 (IL-2): Interleukin-2"]),
    ("[Tumour necrosis factor] ([TNF]) rose.", ["Tumour necrosis factor (TNF): Tumour necrosis factor"]),
    # members in brackets are listed too
    ("[Stress hormones] ([cortisol] and [adrenaline]) rose.",
     ["Stress hormones (cortisol and adrenaline): Stress hormones cortisol adrenaline"]),
    # no name of that type in the brackets
    ("[IL-6] ([asthma]) rose.", ["IL-6: IL-6", "asthma: asthma"]),
    ("[IL-6] (see [IL-2]) rose.", ["IL-6: IL-6", "IL-2: IL-2"]),
]  # fmt: skip
CLASSES = [
    # in apposition the members stand for the class; with "such as" both count
    ("The [stress hormones] [adrenaline], [noradrenaline] and [cortisol] rose.",
     ["stress hormones adrenaline, noradrenaline and cortisol: adrenaline noradrenaline cortisol"]),
    ("[Cytokines] such as [IL-6] rose.", ["Cytokines such as IL-6: Cytokines IL-6"]),
    ("[Cytokines], including [IL-6], [IL-8] and [TNF], rose.",
     ["Cytokines, including IL-6, IL-8 and TNF: Cytokines IL-6 IL-8 TNF"]),
    ("A [hormone] called [leptin] rose.", ["hormone called leptin: leptin"]),
    # members of another kind are no members
    ("[Cytokines] such as that of [asthma] rose.", ["Cytokines: Cytokines", "asthma: asthma"]),
    ("[IL-6] like [asthma] was new.", ["IL-6: IL-6", "asthma: asthma"]),
]  # fmt: skip
COMPOUNDS = [
    ("[IL-6]-induced [fever] passed.", ["IL-6-induced: <IL-6 induced>", "fever: fever"]),
    ("[IL-4]- and [IL-13]-induced [itch] passed.",
     ["IL-4- and IL-13-induced: <IL-4 IL-13 induced>", "itch: itch"]),
    ("[IL-17]-producing [T cells] came.", ["IL-17-producing: <IL-17 producing>", "T cells: T cells"]),
    # the word after the hyphen must be one that binds
    ("[IL-6]-coloured flags flew.", ["IL-6: IL-6"]),
    ("[IL-6] induced [fever].", ["IL-6: IL-6", "fever: fever"]),
]  # fmt: skip


def shown(sentence: str) -> list[str]:
    part = marked(sentence)
    names = {m.id: m.text for m in part.mentions}

    def line(g: Group) -> str:
        ids = " ".join(names[x] for x in g.mentions)
        bound = f"<{' '.join(names[x] for x in g.bound)} {g.suffix}>" if g.bound else ""
        return f"{part.text[g.start : g.end]}: {ids}{bound}"

    return [line(g) for g in group_mentions(part.text, part.mentions, 0, len(part.text))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [*LISTS, *BRACKETS, *CLASSES, *COMPOUNDS],
    ids=[c[0] for c in (*LISTS, *BRACKETS, *CLASSES, *COMPOUNDS)],
)
def test_groups(sentence: str, expected: list[str]) -> None:
    assert shown(sentence) == expected


def test_the_longest_name_stands_for_those_inside() -> None:
    part = marked("[[IL-17]-producing T cells] came.")
    assert outer_mentions(part.mentions, 0, len(part.text)) == [(0, 23, ("m1", "m2"))]
    (group,) = group_mentions(part.text, part.mentions, 0, len(part.text))
    assert (group.mentions, group.nested) == (("m1",), ("m2",))


def fragments(*spans: tuple[int, int]) -> Mention:
    text = "B and T cells met."
    return Mention(
        id=f"m{spans[0][0]}", type="CELL", fragments=list(spans), text=" … ".join(text[a:b] for a, b in spans)
    )


def test_a_fragmented_name_is_found_by_its_own_part() -> None:
    both = [fragments((0, 1), (8, 13)), fragments((6, 13))]
    assert outer_mentions(both, 0, 18) == [(0, 1, ("m0",)), (6, 13, ("m6",))]


def test_only_names_of_the_sentence_count() -> None:
    part = marked("[IL-6] rose. [IL-2] fell.")
    assert [g.mentions for g in group_mentions(part.text, part.mentions, 11, 21)] == [("m2",)]


def test_order_of_mentions_does_not_matter() -> None:
    part = marked("[IL-1], [IL-6] and [TNF] cause [fever] in [[IL-17]-producing T cells].")
    text, end = part.text, len(part.text)
    assert group_mentions(text, part.mentions[::-1], 0, end) == group_mentions(text, part.mentions, 0, end)
