"""What is here, and what to do next. The doctor itself needs the standard library only."""
