"""The desk page, in Chromium, on the real API; the bot and the articles are twins that do as they are told."""
