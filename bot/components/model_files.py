"""Model files: how a trained intent model is written down and read back.

Numbers as npz, texts as JSON: nothing in a model file can run code, and it loads in a fraction of a second.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from components.intents import IntentModel
from components.linear import Linear
from components.sureness import Sureness


def save(model: IntentModel, folder: Path) -> None:
    """Write a fitted model into an existing, empty folder."""
    features = model.features
    arrays: Dict[str, np.ndarray] = {
        "vectors": model.vectors,
        "scope_weights": model.scope_weights,
        "weights": model.model.weights,
        "biases": model.model.biases,
        "grams_idf": features.grams.idf_,
    }
    about: Dict[str, Any] = {
        "writing": features.writing,
        "with_vectors": features.with_vectors,
        "temperature": model.sureness.temperature,
        "slope": model.sureness.slope,
        "offset": model.sureness.offset,
        "scope_bias": model.scope_bias,
        "threshold": model.threshold,
        "classes": [str(name) for name in model.model.classes],
        "texts": model.texts,
        "labels": [str(label) for label in model.labels],
        "grams": _terms(features.grams),
    }
    if features.words is not None:
        arrays["words_idf"] = features.words.idf_
        about["words"] = _terms(features.words)
    np.savez(folder / "numbers.npz", **arrays)
    (folder / "about.json").write_text(json.dumps(about, ensure_ascii=False), "utf-8")


def load(folder: Path) -> IntentModel:
    """Read back what :func:`save` wrote."""
    about = json.loads((folder / "about.json").read_text("utf-8"))
    model = IntentModel(about["writing"], about["with_vectors"])
    with np.load(folder / "numbers.npz", allow_pickle=False) as arrays:
        _restore(model.features.grams, about["grams"], arrays["grams_idf"])
        if model.features.words is not None:
            _restore(model.features.words, about["words"], arrays["words_idf"])
        model.vectors = arrays["vectors"]
        model.scope_weights = arrays["scope_weights"]
        model.model = Linear(np.array(about["classes"]), arrays["weights"], arrays["biases"])
    # A model of an older version has a temperature alone.
    model.sureness = Sureness(about["temperature"], about.get("slope", 1.0), about.get("offset", 0.0))
    model.scope_bias = about["scope_bias"]
    model.threshold = about["threshold"]
    model.texts = about["texts"]
    model.labels = np.array(about["labels"])
    model.lexical = model.features.lexical(model.texts)
    return model


def _terms(vectorizer: TfidfVectorizer) -> List[str]:
    return [str(term) for term in vectorizer.get_feature_names_out()]


def _restore(vectorizer: TfidfVectorizer, terms: List[str], idf: np.ndarray) -> None:
    vectorizer.vocabulary = {term: place for place, term in enumerate(terms)}
    vectorizer.idf_ = idf
