"""Settings on the command line: what can be chosen, and what is in force."""

from api.settings import PREFIX, ROOT, Settings


def table() -> str:
    """The settings as a Markdown table: name, default, meaning. The README holds the same."""
    lines = ["| setting | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = str(field.default).replace(f"{ROOT}/", "").replace("|", "\\|")
        lines.append(f"| `{PREFIX}{name.upper()}` | `{default}` | {field.description} |".replace("`` |", " |"))
    return "\n".join(lines)


def settings() -> None:
    """List every setting with its default and meaning, as a Markdown table."""
    print(table())
