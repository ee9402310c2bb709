"""Frames -> frames: no file is read here."""
