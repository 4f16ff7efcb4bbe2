"""Two traces, compared value by value, and by how much they may differ."""
