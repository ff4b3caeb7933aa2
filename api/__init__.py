"""The edge of Frontdoor and its composition root: what customers, agents and operators reach."""
