"""One list of blocks, and the formats made of it."""
