"""The suite every channel passes: a new one brings its recorded payloads and a signer."""
