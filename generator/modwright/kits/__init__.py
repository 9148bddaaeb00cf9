"""The classroom: a kit that starts without a network, one for each person, and what comes back."""
