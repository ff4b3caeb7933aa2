"""Fitting: how detection learns from labelled dialogues and messages. Nothing here runs while customers are served."""
