"""What an agent can do at the desk, in words a test can use; for any server that shows the page."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

#: What browsers write of an answer that says no, which tests have wanted.
EXPECTED = ("401", "409", "422", "403", "423", "ERR_FAILED", "ERR_CONNECTION", "ERR_INCOMPLETE", "ERR_EMPTY", "404")


class DeskPage:
    """A tab with the desk in it."""

    def __init__(self, page: Page, base_url: str) -> None:
        self.page, self.base_url = page, base_url
        self.errors: list[str] = []
        page.on("console", lambda line: self.errors.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda problem: self.errors.append(str(problem)))
        self.field = page.locator(".composer textarea")
        self.log = page.get_by_role("log")
        self.packet = page.locator(".packet")
        self.told = page.locator(".toast")
        self.taken = page.locator(".taken")
        self.warnings = page.locator(".warnings")
        self.items = page.locator(".items > li")
        self.name = page.locator("#conversation")

    def visit(self, hash_: str = "") -> "DeskPage":
        self.page.goto(f"{self.base_url}/desk{hash_}")
        expect(self.page.locator("main")).to_be_visible()
        return self

    def sign_in(self, name: str, password: str) -> "DeskPage":
        self.page.locator("#name").fill(name)
        self.page.locator("#password").fill(password)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("header .me")).to_be_visible()
        return self

    def view(self, name: str) -> Locator:
        """The button of a view."""
        return self.page.locator(f"[data-view={name}]")

    def item(self, id_: str) -> Locator:
        return self.page.locator(f"#item-{id_}")

    def open(self, id_: str) -> "DeskPage":
        self.item(id_).click()
        expect(self.name).to_be_visible()
        return self

    def claim(self, id_: str) -> "DeskPage":
        """Takes it with one click in the list, and sees it open."""
        self.items.filter(has=self.item(id_)).locator(".claim").click()
        expect(self.act("toBot")).to_be_visible()
        expect(self.field).to_be_focused()
        return self

    def act(self, name: str) -> Locator:
        return self.page.locator(f"[data-move={name}]")

    def write(self, text: str) -> "DeskPage":
        self.field.fill(text)
        self.field.press("Enter")
        return self

    def said(self, kind: str) -> Locator:
        """The bubbles of customer, bot, agent, system or note, oldest first."""
        return self.log.locator(f".event.{kind} .bubble")

    def unexpected(self) -> list[str]:
        return [error for error in self.errors if not any(code in error for code in EXPECTED)]

    def findings(self) -> list[str]:
        """What axe finds."""
        found = Axe().run(self.page).response["violations"]
        return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]

    def picture(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=file, animations="disabled", caret="hide")
