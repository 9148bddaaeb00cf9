"""What is known of cards."""

KINDS = ("debit", "credit")
