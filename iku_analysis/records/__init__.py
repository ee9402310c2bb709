"""Registers of an office, counted by the operational definitions of its decree."""
