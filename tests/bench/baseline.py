"""What pages are compared with: a bare Flask view with the same bytes, and one with a query and a small template."""

from flask import Flask, Response, render_template
from jinja2 import DictLoader
from sqlalchemy import Engine, text

SMALL = """<!doctype html><html lang="en"><head><title>{{ title }}</title></head>
<body><h1>{{ title }}</h1><ul>{% for number in range(10) %}<li>{{ number }}</li>{% endfor %}</ul></body></html>"""
BARE, QUERY = "/bare", "/query"


def baseline(bodies: dict[str, bytes], engine: Engine) -> Flask:
    """Return a bare app: `/bare/<name>` answers these bytes, `/query` asks the database once and renders a little."""
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"small.html": SMALL})

    @app.get(f"{BARE}/<name>")
    def bare(name: str) -> Response:
        return Response(bodies[name], mimetype="text/html", headers={"Content-Encoding": "gzip"})

    @app.get(QUERY)
    def query() -> str:
        with engine.connect() as connection:
            title = connection.execute(text("SELECT title FROM opening ORDER BY id LIMIT 1")).scalar_one()
        return render_template("small.html", title=title)

    return app
