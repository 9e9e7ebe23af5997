"""One incident that befalls many: gathered, told, answered once, each case with its own outcome."""
