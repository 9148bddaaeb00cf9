"""What several rules need, worked out once."""
