"""Messages to people: which they want, what was sent, and sending what is due."""
