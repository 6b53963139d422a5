"""The blueprint that every page of calibration belongs to."""

from flask import Blueprint

bp = Blueprint("calibration", __name__)
