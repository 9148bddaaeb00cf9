"""Only its stub says anything."""
