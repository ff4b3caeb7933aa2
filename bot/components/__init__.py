"""The bot's own parts: how it reads a message in any script, and how it talks to the product around it."""
