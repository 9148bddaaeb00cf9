type Text = str


def bold(text: Text) -> Text:
    return f"<b>{text}</b>"
