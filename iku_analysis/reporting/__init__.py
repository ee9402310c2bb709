"""Notebooks -> papers."""
