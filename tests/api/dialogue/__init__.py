"""From a message to the words of the bot."""
