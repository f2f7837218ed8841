"""The worker: the process, or the part of one, that does what nobody asks for."""
