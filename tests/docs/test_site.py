"""The documentation as a site: it builds without a warning, holds every page and loads nothing from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_site_is_built_and_complete(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-P", "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    home = (tmp_path / "index.html").read_text("utf-8")
    for page in (ROOT / "docs").rglob("*.md"):
        name = page.relative_to(ROOT / "docs").with_suffix("").as_posix()
        assert f'"{name}/"' in home or name == "index", f"{name} is not in the navigation"
    for file in tmp_path.rglob("*.html"):
        text = file.read_text("utf-8")
        foreign = re.findall(r"<(?:script|img|iframe)[^>]+src=\"(?:https?:)?//|<link[^>]+href=\"(?:https?:)?//", text)
        assert not foreign, f"{file.name} loads {foreign}"
        assert "```" not in text, f"{file.parent.name} shows the marks of a code block"
        assert "sequenceDiagram" not in text, f"{file.parent.name} shows the source of a drawing"
