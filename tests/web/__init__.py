"""The chat as a customer meets it, in a real browser."""
