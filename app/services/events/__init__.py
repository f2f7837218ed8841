"""Following what happens."""
