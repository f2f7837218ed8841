"""Messages to people: which there are, when one is due, and what has become of it."""
