"""The values of a film, the edits that lead from one to the next, and the project file."""
