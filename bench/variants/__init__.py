"""What the service is measured against: the raw limit, and the idiomatic form, both without tokens and policies."""
