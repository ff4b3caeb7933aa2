"""Channels, tested against what their providers and their providers' libraries do."""
