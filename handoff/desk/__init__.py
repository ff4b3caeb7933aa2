"""The desk: where people pick up what the bot hands over, in an order that can be explained."""
