"""Expressions to pictures, sound and files; the cache."""
