"""The pack as data: its shape, the checks across its parts, and the phrases that no question may hold."""
