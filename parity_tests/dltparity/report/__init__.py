"""What a reviewer reads: each file turns one part of a report's content into Markdown."""
