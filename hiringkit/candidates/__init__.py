"""Candidates: a person comes in, an application with deliveries and a personal link goes out; next: interviews."""
