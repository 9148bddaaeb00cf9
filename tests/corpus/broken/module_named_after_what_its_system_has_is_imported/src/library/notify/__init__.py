"""Ways to tell somebody, each a plugin."""
