"""Two traces, value by value, and what may differ."""
