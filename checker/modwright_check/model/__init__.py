"""Plain data: what a check is about, and what it has found."""
