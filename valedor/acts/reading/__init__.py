"""What the desk shows, read for its pages and for programs alike: only what a viewer may see."""
