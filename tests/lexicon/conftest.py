import pytest

from extract.lexicon import Lexicon


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The shipped lexicon, loaded once."""
    return Lexicon.load()
