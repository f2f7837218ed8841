"""How fast the service is, as ratios to a raw limit and to the same jobs written the idiomatic way."""
