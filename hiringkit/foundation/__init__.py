"""The ground floor: nothing about hiring in it, and every room stands on it."""
