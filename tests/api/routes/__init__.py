"""What is reachable over HTTP."""
