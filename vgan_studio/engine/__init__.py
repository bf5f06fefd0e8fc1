"""Networks at work: device, precision, tiles, batches."""
