"""Checks that the report shows beside the cases."""
