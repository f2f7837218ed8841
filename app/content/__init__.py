"""What people read: texts by language, keyed by code. Code holds codes, these folders hold the sentences."""
