"""What a side computes for a case: field path -> array."""
