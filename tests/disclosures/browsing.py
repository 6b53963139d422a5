"""What a browser would send for a form on a page, if nobody touched it."""

from html.parser import HTMLParser


def filled_in(page: str, action: str) -> dict[str, str]:
    """Return the fields of the form with this action as they stand on the page."""
    reader = _FormReader(action)
    reader.feed(page)
    assert reader.fields, f"there is no form for {action}"
    return reader.fields


class _FormReader(HTMLParser):
    """Reads inputs, textareas and selects of one form."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action
        self.fields: dict[str, str] = {}
        self.is_inside = False
        self.name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.is_inside = found.get("action") == self.action
        if not self.is_inside:
            return
        if tag == "input":
            self.fields[found["name"]] = found.get("value", "")
        elif tag in {"textarea", "select"}:
            self.name = found["name"]
            self.fields[self.name] = ""
        elif tag == "option" and "selected" in found:
            self.fields[self.name] = found["value"]

    def handle_data(self, data: str) -> None:
        if self.is_inside and self.lasttag == "textarea" and self.name:
            self.fields[self.name] += data.removeprefix("\r\n").removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False
        if tag == "textarea":
            self.name = ""
