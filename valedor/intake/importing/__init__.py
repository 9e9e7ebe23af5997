"""Cases from the files of other systems: with their true dates, closed or open, each row once."""
