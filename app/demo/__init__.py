"""A small living demo, and the story of one admission told over HTTP. Both go through the use cases alone."""
