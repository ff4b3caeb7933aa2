"""The dialogue: from a customer's message to the bot's words."""
