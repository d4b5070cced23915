"""What a manager does on the managers' page, and what it shows."""

from playwright.sync_api import expect

from till import watch_errors


class ManagerPage:
    def __init__(self, page, manager):
        self.page, self.manager = page, manager

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def section(self, key, title):
        self.press(key)
        expect(self.page.locator("#title")).to_have_text(title)

    def form(self, *values):
        for value in values:
            self.page.keyboard.type(value)
            self.press("Enter")

    def action(self, number):
        """A digit that stands alone, as a person types it."""
        self.press(number)

    @property
    def dialog(self):
        return self.page.locator("dialog").last

    @property
    def rows(self):
        return self.page.locator("#content tr[data-row]")

    @property
    def message(self):
        return self.page.locator("#message")

    @property
    def problem(self):
        return self.page.locator("#problem")


def open_page(browser, server, log_in, api, size=(1366, 768), first="收银台"):
    """The managers' page after a log-in by hand."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    page = context.new_page()
    errors = watch_errors(page)
    page.goto(server.url + "/manage.html")
    made = ManagerPage(page, api)
    made.errors = errors
    expect(made.dialog).to_be_visible()
    made.form(log_in.user, log_in.password)
    expect(page.locator("#title")).to_have_text(first)
    return made
