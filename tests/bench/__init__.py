"""The benchmark: Frontdoor beside the plain Rasa bot a company would otherwise run, on the same machine in one run."""
