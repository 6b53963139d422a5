"""The blueprint that every page of the library belongs to."""

from flask import Blueprint

bp = Blueprint("library", __name__)
