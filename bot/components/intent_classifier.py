"""The intent classifier: one intent model a writing system, as a part of Rasa's pipeline."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Sequence, Text

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components import intent_names, model_files
from components.intents import OUT_OF_SCOPE, IntentModel, Reading
from components.scripts import LANGUAGE_OF_WRITING, normalise, writing
from components.sentence_vectors import encoder_from_environment

RANKING_LENGTH = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ScopedIntentClassifier(GraphComponent):
    """Ranks intents, and names a message ``out_of_scope`` when it is not like anything the bot was taught.

    Each message gets ``intent``, ``intent_ranking`` (without out_of_scope) and ``scope``: score, threshold, whether it
    was rejected, and the nearest known examples, so that every turn can say why.
    """

    def __init__(self, model_storage: ModelStorage, resource: Resource) -> None:
        self._storage = model_storage
        self._resource = resource
        self._models: Dict[Text, IntentModel] = {}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ScopedIntentClassifier":
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "ScopedIntentClassifier":
        classifier = cls(model_storage, resource)
        with model_storage.read_from(resource) as folder:
            for part in sorted(folder.iterdir()):
                classifier._models[part.name] = model_files.load(part)
        return classifier

    def train(self, training_data: TrainingData) -> Resource:
        groups: Dict[Text, List[Message]] = {}
        for example in training_data.intent_examples:
            text = normalise(example.get(TEXT))
            if text:
                groups.setdefault(writing(text), []).append(example)
        for name, examples in groups.items():
            if all(e.get(INTENT) == OUT_OF_SCOPE for e in examples):
                # Nothing in this writing is for us: the same as a writing nobody taught.
                continue
            languages = examples[0].get("encoder_languages") or []
            knows = "*" in languages or LANGUAGE_OF_WRITING[name] in languages
            labels, vectors = [e.get(INTENT) for e in examples], _vectors(examples)
            encode = encoder_from_environment().encode if knows else _no_vectors(vectors.shape[1])
            names = intent_names.spoken(set(labels) - {OUT_OF_SCOPE}, name, encode)
            texts = [normalise(e.get(TEXT)) for e in examples]
            self._models[name] = IntentModel(name, knows).fit(texts, labels, vectors, names)
        with self._storage.write_to(self._resource) as folder:
            for name, model in self._models.items():
                (folder / name).mkdir()
                model_files.save(model, folder / name)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = normalise(message.get(TEXT) or "")
            model = self._models.get(writing(text))
            if model is None or not text:
                # A script nobody taught the bot is honestly unknown, not a guess.
                _tell(message, None)
            else:
                _tell(message, model.read([text], _vectors([message]))[0])
        return messages


def _no_vectors(dimensions: int) -> Callable[[Sequence[Text]], np.ndarray]:
    return lambda texts: np.zeros((len(texts), dimensions), dtype=np.float32)


def _vectors(messages: List[Message]) -> np.ndarray:
    return np.concatenate([m.get_dense_features(TEXT)[1].features for m in messages]).astype(np.float32)


def _tell(message: Message, reading: "Reading | None") -> None:
    if reading is None:
        message.set("intent", {"name": OUT_OF_SCOPE, "confidence": 1.0}, add_to_output=True)
        message.set("intent_ranking", [], add_to_output=True)
        message.set("scope", {"score": 0.0, "threshold": 0.0, "rejected": True, "nearest": []}, add_to_output=True)
        return
    best, probability = reading.ranking[0]
    intent = {"name": best, "confidence": probability}
    if reading.rejected:
        intent = {"name": OUT_OF_SCOPE, "confidence": 1.0 - reading.scope}
    message.set("intent", intent, add_to_output=True)
    message.set(
        "intent_ranking",
        [{"name": name, "confidence": p} for name, p in reading.ranking[:RANKING_LENGTH]],
        add_to_output=True,
    )
    message.set(
        "scope",
        {
            "score": reading.scope,
            "threshold": reading.threshold,
            "rejected": reading.rejected,
            "nearest": [{"text": t, "intent": i, "similarity": s} for t, i, s in reading.nearest],
        },
        add_to_output=True,
    )
