"""Networks, weights files and training."""
