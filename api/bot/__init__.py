"""The bot's own process: its Python, its model, and keeping it alive."""
