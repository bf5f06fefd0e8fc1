"""The effects: descriptions with their torch functions.

Importing the package is quick; the families, and torch with them, come when an effect is asked for (`spec.find`).
"""
