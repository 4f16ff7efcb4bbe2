"""Results as one HTML file each, for people: it opens offline and needs no script."""
