"""Figures and tables of the pages, made by the build from real runs."""
