"""Orders: what the shop's order system knows of an order, and who may be told."""
