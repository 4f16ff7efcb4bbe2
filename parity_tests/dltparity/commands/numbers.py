"""Whole numbers on a command line."""

import argparse


def count(text):
    """Read a number of at least 1, as the type of an argument."""
    return _whole(text, 1)


def seed(text):
    """Read a number of at least 0, as the type of an argument."""
    return _whole(text, 0)


def _whole(text, least):
    if not (text.isascii() and text.isdigit()) or int(text) < least:
        raise argparse.ArgumentTypeError(f"got {text!r}, expected a whole number from {least} on")
    return int(text)
