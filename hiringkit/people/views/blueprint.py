"""The blueprint that the room's pages hang on."""

from flask import Blueprint

bp = Blueprint("people", __name__)
