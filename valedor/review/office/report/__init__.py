"""The yearly report of the office: figures of the register and words of its holder, published."""
