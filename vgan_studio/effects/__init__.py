"""The effects: descriptions with their torch functions."""
