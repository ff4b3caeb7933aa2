"""Actions: what the bot does, one file each. A new one is one file and one line here."""

from api.actions.answer import answer
from api.actions.courtesy import cannot_do, thanks
from api.actions.details import no_details, note_details
from api.actions.form import validate
from api.actions.form_asking import ask
from api.actions.order import find_order, without_order
from api.actions.person import complaint, decline_offer, request_person, suggestion
from api.actions.replies import did_not_help, open_article, show_offered, that_helped, which_one
from api.actions.result import Action, Result
from api.actions.services import Services
from api.actions.ticket import open_ticket

__all__ = ["ACTIONS", "Action", "Result", "Services"]

ACTIONS: dict[str, Action] = {
    "action_answer": answer,
    "action_open_article": open_article,
    "action_show_offered": show_offered,
    "action_which_one": which_one,
    "action_that_helped": that_helped,
    "action_did_not_help": did_not_help,
    "action_find_order": find_order,
    "action_without_order": without_order,
    "action_complaint": complaint,
    "action_suggestion": suggestion,
    "action_request_person": request_person,
    "action_note_details": note_details,
    "action_decline_offer": decline_offer,
    "action_no_details": no_details,
    "action_thanks": thanks,
    "action_cannot_do": cannot_do,
    "action_open_ticket": open_ticket,
    "validate_ticket_form": validate,
    "action_ask_ticket_form_question": ask("question"),
    "action_ask_ticket_form_name": ask("name"),
    "action_ask_ticket_form_contact": ask("contact"),
    "action_ask_ticket_form_order_number": ask("order_number"),
    "action_ask_ticket_form_confirmation": ask("confirmation"),
    "action_ask_ticket_form_email_typo": ask("email_typo"),
    "action_ask_ticket_form_correction": ask("correction"),
}
