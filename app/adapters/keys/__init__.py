"""Keys that seal what people confide: outside the database, wrapped under the service's secret (docs/adr/0040)."""
