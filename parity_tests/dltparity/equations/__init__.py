"""The equations of the notes, each verified by oracles."""
