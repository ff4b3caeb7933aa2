"""What was just encoded is not encoded again, and its numbers are those of the encoder."""

import numpy as np

from kb_index.recent import RecentReadings

from .letters import LetterEncoder


def test_a_text_is_encoded_once_whichever_way_it_is_asked_for() -> None:
    encoder = LetterEncoder()
    recent = RecentReadings(encoder)
    row = recent.encode(["where is my parcel"])
    reading = recent.read(["where is my parcel"])[0]
    assert encoder.seen == ["where is my parcel"]
    assert np.array_equal(row[0], reading.row)
    assert np.array_equal(row, LetterEncoder().encode(["where is my parcel"]))


def test_several_at_once_are_the_encoders_own_business() -> None:
    encoder = LetterEncoder()
    recent = RecentReadings(encoder)
    assert recent.encode(["a b", "c d"]).shape[0] == 2
    assert len(recent.read(["a b", "c d"])) == 2
    assert encoder.seen == ["a b", "c d", "a b", "c d"]


def test_the_one_not_asked_for_longest_is_forgotten_first() -> None:
    encoder = LetterEncoder()
    recent = RecentReadings(encoder, kept=2)
    for text in ("a", "b", "a", "c", "a", "b"):
        recent.read([text])
    assert encoder.seen == ["a", "b", "c", "b"]
