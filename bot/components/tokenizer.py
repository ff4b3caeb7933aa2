"""The tokenizer: splits a message into words and characters without losing any of them.

Rasa's own WhitespaceTokenizer takes Han, Hangul and Kana for emoji and drops them without a word.
"""

from __future__ import annotations

import re
from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from components.scripts import HAN, KANA

# A Han or Kana character is a word of its own; a run of anything else that counts as a letter or digit is one word
# (Hangul is written with spaces); every other visible character stands alone.
_PIECE = re.compile(f"[{HAN}{KANA}]|(?:(?![{HAN}{KANA}])\\w)+|[^\\w\\s]")


def pieces(text: str) -> List[Token]:
    """Text to tokens with their places. Every character that is not white space is in exactly one token."""
    return [Token(match.group(), match.start()) for match in _PIECE.finditer(text)]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class AnyScriptTokenizer(Tokenizer):
    """Rasa's doorway to :func:`pieces`."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "AnyScriptTokenizer":
        return cls(config)

    def tokenize(self, message: Message, attribute: Text) -> List[Token]:
        text = message.get(attribute)
        # Rasa wants at least one token, also for a message of white space alone.
        return self._apply_token_pattern(pieces(text) or [Token(text, 0)])
