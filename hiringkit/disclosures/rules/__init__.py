"""What a disclosure asks, how an answer is read and checked, and the text that is frozen."""
