"""Reads a page strictly, and says what is wrong with it. What every GET of the `client` fixture goes through."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "path"}
LABELLED = {"input", "textarea", "select"}


@dataclass
class Node:
    """An element: its tag, attributes, and what is in it (elements and strings)."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def all(self, *tags: str, **attributes: str) -> list[Node]:
        """Every element below with one of `tags` (any when none) and these attributes; class_: one of the classes."""
        found = []
        for child in self.children:
            if isinstance(child, Node):
                if (not tags or child.tag in tags) and child._has(attributes):
                    found.append(child)
                found += child.all(*tags, **attributes)
        return found

    def one(self, *tags: str, **attributes: str) -> Node:
        """The only such element."""
        found = self.all(*tags, **attributes)
        assert len(found) == 1, f"{len(found)} of {tags} {attributes}"
        return found[0]

    @property
    def text(self) -> str:
        """All text inside, white space as one space."""
        parts = [child if isinstance(child, str) else child.text for child in self.children]
        return " ".join(" ".join(parts).split())

    def _has(self, attributes: dict[str, str]) -> bool:
        for name, value in attributes.items():
            if name == "class_":
                if value not in self.attributes.get("class", "").split():
                    return False
            elif self.attributes.get(name.rstrip("_")) != value:
                return False
        return True


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Node("document")
        self._open = [self.root]

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_startendtag(self, tag, attrs):
        assert tag in VOID, f"<{tag}/> closes itself"
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data):
        self._open[-1].children.append(data)

    def finish(self) -> Node:
        self.close()
        assert len(self._open) == 1, f"<{self._open[-1].tag}> is never closed"
        return self.root


def read(html: str) -> Node:
    """The page as a tree; AssertionError when tags do not match."""
    reader = _Reader()
    reader.feed(html)
    return reader.finish()


def problems(html: str) -> list[str]:
    """Everything that is wrong with a page of the console."""
    try:
        page = read(html)
    except AssertionError as error:
        return [str(error)]
    found = []
    if not html.startswith("<!doctype html>"):
        found.append("has no doctype")
    if page.one("html").attributes.get("lang") != "en-GB":
        found.append("does not say lang=en-GB")
    headings = page.all("h1")
    if len(headings) != 1:
        found.append(f"has {len(headings)} h1")
    elif re.sub(r"^\(\d+ danger\) ", "", page.one("title").text) != f"{headings[0].text} – Wellbeing console":
        found.append(f"title {page.one('title').text!r} is not the h1 {headings[0].text!r}")
    ids = [node.attributes["id"] for node in page.all() if "id" in node.attributes]
    found += [f"id {i!r} is used twice" for i in set(ids) if ids.count(i) > 1]
    for node in page.all():
        found += [f"<{node.tag}> has inline {name}" for name in node.attributes if name == "style" or name[:2] == "on"]
        for name in ("aria-describedby", "for"):
            found += [f"{name}={i!r} points nowhere" for i in node.attributes.get(name, "").split() if i not in ids]
        href = node.attributes.get("href", "")
        if href.lower().startswith(("javascript:", "data:", "http:", "//")):
            found.append(f"link to {href!r}")
        if href.startswith("#") and href[1:] not in ids:
            found.append(f"link to {href}, which is not there")
    found += ["has a style element" for _ in page.all("style")]
    found += ["has an inline script" for node in page.all("script") if not node.attributes.get("src") or node.text]
    for form in page.all("form"):
        action, method = form.attributes.get("action"), form.attributes.get("method")
        if not action or method not in ("get", "post"):
            found.append(f"form with action {action!r} and method {method!r}")
        if method == "post" and not any(n.attributes.get("value") for n in form.all("input", name="csrf_token")):
            found.append(f"form {action} has no CSRF token")
        found += [f"form {action}: button without a type" for b in form.all("button") if "type" not in b.attributes]
    labelled = {label.attributes.get("for") for label in page.all("label")}
    for control in page.all(*LABELLED):
        if control.attributes.get("type") != "hidden" and control.attributes.get("id") not in labelled:
            found.append(f"<{control.tag} name={control.attributes.get('name')}> has no label")
    for table in page.all("table"):
        if not table.all("caption"):
            found.append("table without a caption")
        found += ["th without a scope" for th in table.all("th") if "scope" not in th.attributes]
    found += ["link or button without words" for node in page.all("a", "button") if not node.text]
    levels = [int(h.tag[1]) for h in page.one("main").all("h1", "h2", "h3", "h4")]
    found += [f"h{b} after h{a}" for a, b in zip(levels, levels[1:], strict=False) if b > a + 1]
    return found
