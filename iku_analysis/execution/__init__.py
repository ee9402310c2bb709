"""Run a notebook: its parameters checked, its kernel, its outputs stored."""
