"""An open page of a view, and whatever it did that it should not."""

from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Dialog, Page, Request, Route


@dataclass
class Visit:
    """An open page, and whatever it did that it should not."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def search(self, text: str) -> None:
        self.page.keyboard.press("/")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    @property
    def heading(self) -> str:
        return self.page.locator("#panel h2").inner_text()


def listen(tab: Visit) -> None:
    def route(route: Route) -> None:
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            route.abort()

    def asked(request: Request) -> None:
        if not request.url.startswith("file:") or not request.url.partition("#")[0].endswith("/view.html"):
            tab.asked.append(request.url)

    def said(message: ConsoleMessage) -> None:
        tab.said.append(f"{message.type}: {message.text}")

    def dismiss(dialog: Dialog) -> None:
        tab.said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    tab.page.route("**/*", route)
    tab.page.on("request", asked)
    tab.page.on("console", said)
    tab.page.on("pageerror", lambda error: tab.said.append(f"error: {error}"))
    tab.page.on("dialog", dismiss)
