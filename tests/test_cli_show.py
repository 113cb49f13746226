"""With the real pipeline and lexicon: what a rule writer sees of one sentence."""

from __future__ import annotations

import json

from typer.testing import CliRunner, Result

from extract.cli import app


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_show_prints_mentions_parse_and_findings_with_their_rule() -> None:
    result = invoke("show", "Insulin inhibits the growth of T cells in mice.")
    assert result.exit_code == 0, result.output
    text = " ".join(result.stdout.split())
    assert "Mentions 3" in text
    assert "T cells CELL" in text
    assert "CL:0000084" in text
    assert "inhibits ROOT" in text
    assert "Insulin ▼ decreases growth of T cells" in text
    assert "rule " in text


def test_show_json_holds_the_same() -> None:
    data = json.loads(invoke("show", "Insulin inhibits the growth of T cells in mice.", "--json").stdout)
    assert {mention["text"] for mention in data["mentions"]} == {"Insulin", "T cells", "mice"}
    assert [finding["predicate"] for finding in data["findings"]] == ["decreases"]
    nodes = data["trees"][0]
    assert nodes[nodes[0]["head"]]["text"] == "inhibits"


def test_show_of_a_sentence_without_names_finds_nothing() -> None:
    result = invoke("show", "The committee will meet on Tuesday.")
    assert result.exit_code == 0
    assert "Findings 0" in " ".join(result.stdout.split())


def test_lexicon_find_knows_spelling_variants() -> None:
    for name in ("interleukin 6", "IL6", "IL-6"):
        result = invoke("lexicon", "find", name)
        assert result.exit_code == 0, result.output
        assert "HGNC:6018" in result.stdout
    data = json.loads(invoke("lexicon", "find", "IL-6", "--json").stdout)
    assert data[0]["type"] == "CYTOKINE"


def test_lexicon_find_of_an_unknown_name_says_so() -> None:
    result = invoke("lexicon", "find", "xyzzy factor")
    assert result.exit_code == 1
    assert 'does not know "xyzzy factor"' in result.stderr
    assert result.stdout == ""
