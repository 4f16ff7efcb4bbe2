"""Checks beside the cases."""
