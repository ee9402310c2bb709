"""Kernels forked from a process that has imported what notebooks use."""
