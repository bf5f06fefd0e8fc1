"""The open document and the threads behind the window."""
