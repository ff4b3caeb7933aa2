"""What the plain Rasa bot looks up and writes down: articles from a dictionary, tickets in a list.

Runs in the bot's own Python, in a rasa-sdk action server. ``articles.json`` beside it is made by the benchmark.
"""

import itertools
import json
import re
from pathlib import Path

from rasa_sdk import Action, FormValidationAction
from rasa_sdk.events import AllSlotsReset

ARTICLES = json.loads((Path(__file__).parent / "articles.json").read_text("utf-8"))
WORDS = re.compile(r"[a-z]+")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PHONE = re.compile(r"\+?[\d ()/-]{7,}")

KNOWN = [(set(WORDS.findall((title + " " + text).lower())), title, text) for title, text in ARTICLES.items()]
NUMBERS = itertools.count(1)
TICKETS = []


class ActionAnswer(Action):
    """Tells the article that shares the most words with the message."""

    def name(self):
        return "action_answer"

    def run(self, dispatcher, tracker, domain):
        asked = set(WORDS.findall((tracker.latest_message.get("text") or "").lower()))
        _, title, text = max(KNOWN, key=lambda known: len(asked & known[0]) / len(known[0]) ** 0.5)
        dispatcher.utter_message(text=f"{title}\n\n{text}")
        return []


class ValidateTicketForm(FormValidationAction):
    """Takes a contact only when it looks like one."""

    def name(self):
        return "validate_ticket_form"

    def validate_contact(self, value, dispatcher, tracker, domain):
        found = EMAIL.search(str(value)) or PHONE.search(str(value))
        return {"contact": found.group() if found else None}


class ActionOpenTicket(Action):
    """Writes the ticket down and forgets the form, so that the next one begins empty."""

    def name(self):
        return "action_open_ticket"

    def run(self, dispatcher, tracker, domain):
        number = next(NUMBERS)
        asked = ("question", "name", "contact", "order_number")
        TICKETS.append({"number": number, **{slot: tracker.get_slot(slot) for slot in asked}})
        dispatcher.utter_message(text=f"Your message is with our team. Its number is {number}.")
        return [AllSlotsReset()]
