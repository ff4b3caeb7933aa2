"""Asked: a question made ready to be compared, once for everything it is compared with."""

from __future__ import annotations

from dataclasses import dataclass

from kb_index.encoder import Encoder, Vectors, knows
from kb_index.lexical import Grams
from kb_index.shard import grams_of, pieces_of, tokens_of
from kb_index.words import joined, words


@dataclass(frozen=True)
class Asked:
    """A question, made ready once: as a row, as word rows, as tokens, as characters.

    `joined` are the tokens that nobody typed so: other spellings of words and codes.
    """

    text: str
    lang: str
    row: Vectors | None
    words: Vectors | None
    tokens: tuple[str, ...]
    grams: Grams
    pieces: Grams
    joined: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str, lang: str, encoder: Encoder) -> Asked:
        """Take a cleaned question and its language; an encoder that does not know the language is not asked."""
        row = read = None
        if knows(encoder, lang):
            reading = encoder.read([text])[0]
            row, read = reading.row, reading.words
        made_up = frozenset(joined(text)) - frozenset(words(text, lang))
        tokens, grams, pieces = tokens_of(text, lang), grams_of(text, lang), pieces_of(text, lang)
        return cls(text, lang, row, read, tokens, grams, pieces, made_up)
