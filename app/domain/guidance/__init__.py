"""What people read when they need it."""
