# ruff: noqa: E501
"""Other languages are refused with what was seen; short English texts, names and symbols pass."""

from __future__ import annotations

import pytest

from extract.errors import DocumentError
from extract.readers.language import refuse_foreign

FOREIGN = {
    "German": "Wer regelmäßig läuft, hat mehr natürliche Killerzellen im Blut, und die Muskeln geben dabei Botenstoffe ab.",
    "French": "Les muscles qui travaillent libèrent dans le sang une protéine, et elle est reconnue par les globules blancs.",
    "Spanish": "Los músculos que trabajan liberan en la sangre una proteína, y esta es reconocida por los glóbulos blancos.",
    "Italian": "I muscoli che lavorano rilasciano nel sangue una proteina, e questa viene riconosciuta dai globuli bianchi.",
    "Dutch": "De spieren die werken geven een eiwit af aan het bloed, en dat wordt door de witte bloedcellen herkend.",
    "Portuguese": "Os músculos que trabalham libertam no sangue uma proteína, e esta é reconhecida pelos glóbulos brancos.",
}


@pytest.mark.parametrize("language", sorted(FOREIGN))
def test_other_languages_are_refused_by_name(language: str) -> None:
    with pytest.raises(DocumentError, match=language) as caught:
        refuse_foreign(FOREIGN[language])
    assert caught.value.reason == "non_english"
    assert "function words" in caught.value.message


@pytest.mark.parametrize(
    "text",
    [
        "Мышцы выделяют белок, который узнают белые клетки крови.",
        "肌肉释放的蛋白质能够被白细胞识别，从而减轻身体的炎症反应。" * 2,
    ],
)
def test_other_scripts_are_refused(text: str) -> None:
    with pytest.raises(DocumentError, match="Latin"):
        refuse_foreign(text)


def test_unknown_languages_are_refused_when_long() -> None:
    with pytest.raises(DocumentError, match="does not look English"):
        refuse_foreign("Ffibrau cyhyrau sy'n gweithio, ond nid rhai llonydd, ryddha brotein hwnnw yma. " * 20)


@pytest.mark.parametrize(
    "text",
    [
        "IL-6 inhibits TNF-α.",
        "Psoriasis",
        "TNF-α, IL-1β, IFN-γ, TGF-β, α-MSH, β-catenin",
        "\n".join(f"IL-{i}" for i in range(400)),
        "interferon gamma, T cells, macrophages, dendritic cells, neutrophils, mast cells, eosinophils, basophils",
        "Ludwig van Beethoven, Leonardo da Vinci, Jean de La Fontaine, Maria de los Santos, Otto von Bismarck",
        "Cells of the patients were cultured in vitro with insulin. Die Zellen, as the Germans say, were happy.",
    ],
)
def test_short_texts_lists_and_symbols_pass(text: str) -> None:
    refuse_foreign(text)


def test_an_english_article_with_a_foreign_menu_passes() -> None:
    article = "The muscles release a protein into the blood, and white blood cells recognise it. " * 10
    refuse_foreign(f"Startseite Über uns Kontakt und Impressum\n{article}")
