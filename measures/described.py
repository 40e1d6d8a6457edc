"""The measures as a table in Markdown, for the README and wherever else they are listed."""

from measures.catalogue import MEASURES


def table() -> str:
    """Return one line a measure: title, the question it answers, its unit, its id and version."""
    lines = ["| measure | answers | in | id |", "| --- | --- | --- | --- |"]
    lines += [f"| {m.title} | {m.question} | {m.unit} | `{m.id}` {m.version} |" for m in MEASURES]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())  # noqa: T201
