"""Who has looked at what about whom, and what was changed by whom: told to the person, and safe from tampering."""
