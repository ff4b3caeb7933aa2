"""Journeys: customers and operators going through the whole, real product."""
