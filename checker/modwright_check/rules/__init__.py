"""The rules: each module turns evidence into findings of a kind. See docs/findings/."""
