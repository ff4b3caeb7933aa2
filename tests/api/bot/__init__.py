"""The bot's own process and its model."""
