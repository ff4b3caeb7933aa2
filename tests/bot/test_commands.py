"""A customer's words are words: no "/restart", no "/greet{...}" and no disguise of one commands the bot."""

import unicodedata
import warnings

import pytest
from components.channel import harmless
from components.scripts import visible
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.training_data.message import Message

COMMANDS = ["/restart", '/greet{"a":1}', "/intent{}", "/session_start", "/back", '/greet@0.9{"a": "b"}']
HIDING = ["", " ", "\u3000", "\n\t", "\x1c", "\u00a0", "\u200b", "\ufeff", "\u2060", "\u00ad", "/", "\u202e", "\u180e"]
DISGUISES = [
    *COMMANDS,
    *(hidden + "/restart" for hidden in HIDING if hidden),
    "／restart",
    '／greet{"a":1}',
    "⁄restart",
]


def is_a_command(text: str) -> bool:
    """Whether Rasa would take it for one: its own reader is the oracle."""
    message = Message({"text": text})
    with warnings.catch_warnings():
        # It warns of a command that it cannot read, and takes it for one all the same.
        warnings.simplefilter("ignore")
        return YAMLStoryReader.unpack_regex_message(message) is not message


def test_the_oracle_knows_a_command() -> None:
    assert all(is_a_command(text) for text in [*COMMANDS, " /restart", "\u3000/greet"])


@pytest.mark.parametrize("text", DISGUISES)
def test_no_disguise_is_a_command(text: str) -> None:
    assert not is_a_command(harmless(text)) and not is_a_command(harmless(unicodedata.normalize("NFKC", text)))


@given(st.lists(st.sampled_from(HIDING)).map("".join), st.sampled_from(COMMANDS), st.text())
def test_no_text_with_a_command_in_it_is_a_command(before: str, command: str, after: str) -> None:
    assert not is_a_command(harmless(before + command + after))


@given(st.text())
def test_harmless_words_stay_as_they_were(text: str) -> None:
    # Only what a reader sees beginning with a slash is changed, and then nobody sees a slash there any more.
    if visible(text).strip().startswith("/"):
        assert not visible(harmless(text)).strip().startswith("/")
    else:
        assert harmless(text) == text.strip()


@pytest.mark.parametrize("text", DISGUISES)
def test_a_command_is_read_by_the_classifier_like_any_other_text(bot, text: str) -> None:
    outcome = bot.said(text, slots={"name": "Ana"})
    assert outcome["reading"]["scope"] is not None and outcome["reading"]["intent"]["confidence"] < 1
    assert outcome["reading"]["ranking"] and outcome["slots"]["name"] == "Ana"
    assert not {a["name"] for a in outcome["actions"]} & {"action_restart", "action_back", "action_session_start"}


def test_a_buttons_label_is_no_command_either(bot) -> None:
    outcome = bot.said("/restart", intent="choose_article", slots={"name": "Ana"})
    assert bot.actions.names() == ["action_open_article"] and outcome["slots"]["name"] == "Ana"


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "\u3000"])
def test_an_empty_text_has_an_outcome(bot, text: str) -> None:
    outcome = bot.said(text)
    assert outcome["reading"]["intent"]["name"] == "out_of_scope" and outcome["words"]
