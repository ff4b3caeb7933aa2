"""The knowledge base: articles become passages, and passages answer customers' questions."""
