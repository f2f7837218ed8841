"""Mail: one way of carrying messages to people."""
