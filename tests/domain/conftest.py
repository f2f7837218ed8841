"""Rules are tried in their hundreds here, and without a database: how long one takes proves nothing."""

from hypothesis import settings

settings.register_profile("domain", deadline=None, max_examples=25)
settings.load_profile("domain")
