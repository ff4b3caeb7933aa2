"""Chaos: real processes are killed while real clients write, and every message is looked for afterwards."""
