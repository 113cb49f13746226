"""Keys: spellings of one name meet, other names stay apart, and offsets lead back to the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.text import fold, greek_name, key, squeeze


@pytest.mark.parametrize(
    "spellings",
    [
        ("IL-6", "IL6", "IL 6", "il-6", "IL‑6", "IL–6"),
        ("interleukin-6", "interleukin 6", "Interleukin 6", "interleukins-6"),
        ("TNF-α", "TNFα", "TNF-alpha", "TNF alpha", "TNF α"),
        ("TGF-β1", "TGF-ß1", "TGF-beta 1", "TGFβ1"),
        ("IFN-γ", "IFNγ", "IFN-gamma"),
        ("tumour", "tumor", "tumours", "Tumors"),
        ("oestrogen", "estrogen", "oestrogens"),
        ("leukaemia", "leukemia", "leukaemias"),
        ("oedema", "edema"),
        ("anaemia", "anemia"),
        ("leucocyte", "leukocytes"),
        ("muscle fibre", "muscle fibers"),
        ("immunised", "immunized"),
        ("signalling", "signaling"),
        ("diarrhoea", "diarrhea"),
        ("Crohn's disease", "Crohn’s disease", "Crohn disease", "crohn diseases"),
        ("cancer of the breast", "cancer of breast", "cancers of the breast"),
        ("T cell", "T-cell", "T cells", "T-cells"),
        ("CD8+ T cells", "CD8(+) T cells", "CD8⁺ T cell"),
        ("type I interferon", "type 1 interferons"),
        ("type II diabetes", "type 2 diabetes"),
        ("metastasis", "metastases"),
        ("carcinoma", "carcinomas", "carcinomata"),
        ("arthritis", "arthritides"),
        ("thrombosis", "thromboses"),
        ("antibody", "antibodies"),
        ("mouse", "mice"),
        ("naïve B cell", "naive B cells"),
        ("pro-inflammatory", "proinflammatory"),
        ("virus", "viruses"),
        ("DC", "DCs"),
    ],
)
def test_spellings_of_one_name_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({key(s) for s in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("IL-1", "IL-11"),
        ("IL-17", "IL-17A"),
        ("Th1", "Th17"),
        ("TNF-alpha", "TNF-beta"),
        ("CD4 T cell", "CD4+ T cell"),
        ("factor V", "factor 5"),
        ("I", "1"),
        ("T cells; B cells", "T cells B cells"),
        ("mass", "mas"),
        ("virus", "viru"),
    ],
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize("text", ["the thymus – gland", "T cells.\n\nB cells", "T cells\nB cells", "thymus—gland"])
def test_a_break_in_the_text_is_a_break_in_the_key(text: str) -> None:
    assert key(text) != key(" ".join(text.replace("–", " ").replace("—", " ").split()))


def test_a_wrapped_line_is_no_break() -> None:
    assert key("natural killer\ncells") == key("natural killer cells")


def test_squeeze_leads_back_to_the_text() -> None:
    text = "Older mice made less TNF-α (and IL‑10)."
    squeezed = squeeze(text)
    at = squeezed.key.index("tnfalpha")
    start, end = squeezed.starts[at], squeezed.ends[at + len("tnfalpha")]
    assert text[start:end] == "TNF-α"
    at = squeezed.key.index("il10")
    assert text[squeezed.starts[at] : squeezed.ends[at + 4]] == "IL‑10"


@given(st.text(max_size=60))
def test_fold_keeps_the_length_and_squeeze_its_offsets(text: str) -> None:
    assert len(fold(text)) == len(text)
    squeezed = squeeze(text)
    assert all(0 <= s < len(text) for s in squeezed.starts.values())
    assert all(0 < e <= len(text) for e in squeezed.ends.values())
    assert sorted(squeezed.starts.values()) == list(squeezed.starts.values())
    assert len(squeezed.starts) == len(squeezed.ends)


@given(st.text(alphabet="ab -12αT", max_size=20))
def test_keys_do_not_depend_on_what_was_seen_before(text: str) -> None:
    first = key(text)
    key("filler " * 3)
    assert key(text) == first


def test_fold() -> None:
    assert fold("IFN–γ “Treg’s”\u00a0µ") == 'ifn-γ "treg\'s" μ'


def test_greek_name() -> None:
    assert greek_name("β") == "beta"
    assert greek_name("Γ") == "gamma"
    assert greek_name("b") == "b"
