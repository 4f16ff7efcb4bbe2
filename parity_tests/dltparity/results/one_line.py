"""Text of others, such as names and messages, made fit to stand in a line of output."""


def on_one_line(text):
    """Write what does not print as a code, so that text stays on its line and moves no cursor."""
    return "".join(
        character if character.isprintable() else f"\\x{ord(character):02x}"
        for character in " ".join(text.split())
    )
