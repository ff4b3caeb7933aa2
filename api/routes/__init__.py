"""Routes: what is reachable over HTTP."""
