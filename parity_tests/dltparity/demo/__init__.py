"""Demonstrations on real images."""
