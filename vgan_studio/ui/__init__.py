"""The window: widgets show values and emit wishes."""
