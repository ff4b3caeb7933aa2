"""Tests of the operator's page, its figures and the metrics."""
