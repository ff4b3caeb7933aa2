"""The agents' side of the product: who is signed in, what is told of conversations, and what goes on by itself."""
