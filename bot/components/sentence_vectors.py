"""Sentence vectors: the encoder as a part of Rasa's pipeline."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Dict, List, Text

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.encoder import EncoderMissing, SentenceEncoder
from components.scripts import LANGUAGE_OF_WRITING, normalise, writing

#: The product tells its bot where the exported encoder is.
FOLDER_VARIABLE = "FRONTDOOR_ENCODER_FOLDER"
ORIGIN = "sentence_vectors"


def encoder_from_environment() -> SentenceEncoder:
    """The encoder the product exported.

    Raises:
        EncoderMissing: the variable is not set, or the folder is not complete.
    """
    folder = os.environ.get(FOLDER_VARIABLE)
    if not folder:
        raise EncoderMissing(f"{FOLDER_VARIABLE} is not set. Start the bot by `frontdoor up`, which sets it.")
    return SentenceEncoder(Path(folder))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceVectors(GraphComponent):
    """Adds one sentence vector to each message; zeros where the encoder does not know the language."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceVectors":
        return cls(encoder_from_environment())

    def process(self, messages: List[Message]) -> List[Message]:
        texts = [normalise(m.get(TEXT) or "") for m in messages]
        # Encoding a language the encoder cannot read costs time and gives noise.
        readable = [i for i, t in enumerate(texts) if t and self._encoder.knows(LANGUAGE_OF_WRITING[writing(t)])]
        vectors = np.zeros((len(texts), self._encoder.dimensions), dtype=np.float32)
        if readable:
            vectors[readable] = self._encoder.encode([texts[i] for i in readable])
        for message, vector in zip(messages, vectors):
            message.add_features(Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, ORIGIN))
            message.set("encoder_languages", self._encoder.languages)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process([m for m in training_data.training_examples if m.get(TEXT)])
        return training_data
