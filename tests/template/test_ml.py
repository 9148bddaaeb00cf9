"""The trade ml: what it brings, and what it leaves out."""

from tests.template.conftest import Render


def test_nothing_of_it_is_left_without_it(render: Render) -> None:
    project = render({})
    for file in (path for path in project.rglob("*") if path.is_file()):
        if file.name not in {".copier-answers.yml", "LICENSE"}:
            words = set(file.read_text("utf-8").lower().split())
            assert not {"numpy", "pyarrow", "matplotlib", "pipeline"} & words, file


def test_what_the_pipeline_uses_itself_has_no_second_module(render: Render) -> None:
    package = render({"trade": "ml", "external": ["fastapi", "torch"]}) / "src" / "hello"
    assert not (package / "integrations").exists()
    assert {"api.py", "files.py"} <= {path.name for path in (package / "serving").iterdir()}
    assert {"linear.py", "torch.py"} <= {path.name for path in (package / "training").iterdir()}


def test_nothing_speaks_of_what_was_not_picked(render: Render) -> None:
    project = render({"trade": "ml"})
    for file in (path for path in project.rglob("*") if path.is_file()):
        if file.name not in {".copier-answers.yml", "LICENSE"}:
            text = file.read_text("utf-8").lower()
            assert "fastapi" not in text, file
            assert "torch" not in text, file
