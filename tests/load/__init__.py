"""Load that comes whether or not the product keeps up: so many messages a second, and how long customers wait."""
