"""Published and agreed reference cases, and the runner that holds the code against them."""
