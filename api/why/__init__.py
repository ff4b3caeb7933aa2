"""Why: what every turn of the bot keeps of itself, how staff are told of it, and playing a turn again."""
