"""The api package: its edge, its dialogue and its bot process, without Rasa."""
