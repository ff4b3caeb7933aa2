"""What is remembered of messages' meanings."""

from collections.abc import Sequence

from api.meanings import Meanings


class Encoder:
    """Counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    async def encode(self, texts: list[str]) -> Sequence[Sequence[float]]:
        self.asked.append(texts)
        return [(float(len(text)), 1.0) for text in texts]


async def test_each_message_is_encoded_once() -> None:
    encoder = Encoder()
    meanings = Meanings(encoder.encode)
    await meanings.learn(["a", "bb", "a"])
    await meanings.learn(["bb", "ccc"])
    assert encoder.asked == [["a", "bb"], ["ccc"]]
    assert meanings.of("bb") == (2.0, 1.0)


async def test_nothing_new_asks_nothing() -> None:
    encoder = Encoder()
    meanings = Meanings(encoder.encode)
    await meanings.learn([])
    assert encoder.asked == []
    assert meanings.of("never seen") is None


async def test_what_was_not_asked_for_longest_is_forgotten_first() -> None:
    meanings = Meanings(Encoder().encode, kept=2)
    await meanings.learn(["a", "b"])
    assert meanings.of("a")
    await meanings.learn(["c"])
    assert meanings.of("b") is None
    assert meanings.of("a") and meanings.of("c")
