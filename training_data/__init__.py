"""The data the bot learns from, and the only code that may change it."""
