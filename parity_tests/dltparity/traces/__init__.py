"""What the reference and the port compute for a case: field path -> array."""
