"""The versions of Python that anything is known of."""

# By the second number: 3.8 to 3.15. Users of 3.7 and older cannot install from today's indexes
# what is built today.
MINORS = range(8, 16)
