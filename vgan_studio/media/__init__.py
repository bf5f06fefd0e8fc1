"""Files to pictures and sound, and back; the one floor that names `av`."""
