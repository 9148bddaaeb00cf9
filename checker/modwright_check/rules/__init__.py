"""What is said of the evidence: one file a kind of finding. See docs/findings/."""
