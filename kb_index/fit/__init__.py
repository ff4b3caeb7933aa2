"""Fitting: weights, confidence and lines are learnt from questions whose answer is known."""
