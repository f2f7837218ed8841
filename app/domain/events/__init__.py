"""What happens, by name: which facts are told, what a telling carries, and who may know of it."""
