"""What a customer can do with the chat, in words a test can use; for any server that shows the widget."""

from playwright.sync_api import BrowserContext, Locator, Page, expect


class ChatPage:
    """A browser tab with the chat in it."""

    def __init__(self, page: Page, base_url: str) -> None:
        self.page = page
        self.base_url = base_url
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.widget = page.locator("frontdoor-chat")
        self.launcher = self.widget.locator(".launcher")
        self.panel = self.widget.locator(".panel")
        self.log = self.widget.locator(".log")
        self.field = self.widget.locator("textarea")
        self.send_button = self.widget.locator(".send")
        self.typing = self.widget.locator(".typing")
        self.lost = self.widget.locator(".lost")
        self.badge = self.widget.locator(".badge")
        self.counter = self.widget.locator(".count")

    def visit(self, path: str = "/demo") -> "ChatPage":
        """Goes to a page with the chat on it and waits until the chat is there."""
        self.page.goto(self.base_url + path)
        expect(self.widget.locator(".launcher:visible, .panel:visible").first).to_be_visible()
        return self

    def open(self) -> "ChatPage":
        if not self.panel.is_visible():
            self.launcher.click()
        expect(self.panel).to_be_visible()
        return self

    def send(self, text: str) -> "ChatPage":
        """Writes and sends, as by keyboard, and sees the own words."""
        self.field.fill(text)
        self.field.press("Enter")
        expect(self.said("customer").filter(has_text=text).last).to_be_visible()
        return self

    def said(self, role: str) -> Locator:
        """The bubbles of the customer, the bot, an agent or the system, oldest first."""
        return self.log.locator(f".row.{role} .bubble")

    def texts(self) -> list[str]:
        """Everything in the log, in order, without the welcome."""
        return self.log.locator(".bubble").all_inner_texts()[1:]

    def quick(self, title: str) -> Locator:
        return self.log.locator(".quick").get_by_role("button", name=title)

    def retry(self) -> Locator:
        return self.log.locator(".retry")

    def focused(self) -> str:
        """The class or tag of what has the focus inside the chat; empty when it is elsewhere."""
        return str(
            self.page.evaluate(
                "() => { const at = document.querySelector('frontdoor-chat').shadowRoot.activeElement;"
                " return at ? at.className || at.tagName.toLowerCase() : '' }"
            )
        )

    def another_tab(self, context: BrowserContext) -> "ChatPage":
        return ChatPage(context.new_page(), self.base_url)
