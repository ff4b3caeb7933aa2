"""What the bot does, and the form it does it in."""
