"""Tests: what the product promises, package by package, and whole journeys through it."""
