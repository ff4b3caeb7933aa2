"""Orders: looked up in two kinds of book, and told to the right customer only."""
