"""Frames -> what a planner sees."""
