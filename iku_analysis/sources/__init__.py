"""Raw files -> frames."""
