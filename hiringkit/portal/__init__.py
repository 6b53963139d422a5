"""Portal: a personal link comes in, the page of one application goes out."""
