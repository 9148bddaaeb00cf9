"""What a preset says besides answers, and what a chain of presets says together."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modwright.errors import UsageFailed
from modwright.scaffold.answers import demand_kept, departures
from modwright.scaffold.preset_pages import OWNERS
from modwright.scaffold.presets import LONGEST_CHAIN, Preset, load_preset
from modwright.scaffold.questions import Question
from modwright.scaffold.source import template_root
from tests.conftest import WriteFiles

TEXTS = st.text("abc*/.", min_size=1, max_size=4)
QUESTIONS = [
    Question("license", "", {}, None),
    Question("docs", "", {}, None, yes_or_no=True),
    Question("external", "", {}, None, many=True),
]
BAD_RULES = [
    ("_extend: x", "_extend: no such key. Did you mean _extends?"),
    ("_src_path: x", "_src_path: no such key. There are: _extends, _fixed, _owners, _template."),
    ("_extends: ", "_extends is not the name, path or address of a preset."),
    ("_extends: [a, b]", "_extends is not the name, path or address of a preset."),
    ("_fixed: license", "_fixed is not a list of names of answers."),
    ("_fixed: [1]", "_fixed is not a list of names of answers."),
    ("_fixed: [license]", "license is fixed, but has no answer."),
    ("_owners: [a]", "_owners is not a mapping of patterns, each to one of managed, contains,"),
    ("_owners: {a: mine}", "_owners is not a mapping of patterns, each to one of managed,"),
    ("_owners: {a: [seed]}", "_owners is not a mapping of patterns, each to one of managed,"),
    ("_owners: {1: seed}", "_owners is not a mapping of patterns, each to one of managed,"),
    ("_template: fork", "_template is not the address of a repository, such as https://"),
    ("_template: ext::sh -c true", "_template is not the address of a repository,"),
    ("_template: https://a:b@example.org/x", "_template is not the address of a repository,"),
]


class Chain:
    """Presets in a folder of files, each of which extends the one before."""

    def __init__(self, folder: Path, write_files: WriteFiles) -> None:
        self.folder = folder
        self.write_files = write_files

    def load(self, *presets: str) -> Preset:
        for number, preset in enumerate(presets):
            extends = f"_extends: {number - 1}.yml\n" if number else ""
            self.write_files(self.folder, {f"{number}.yml": extends + preset})
        return load_preset(f"{len(presets) - 1}.yml", template_root(), folder=self.folder)

    def refused(self, *presets: str) -> str:
        with pytest.raises(UsageFailed) as caught:
            self.load(*presets)
        return str(caught.value)


@pytest.fixture
def chain(tmp_path: Path, write_files: WriteFiles) -> Chain:
    return Chain(tmp_path, write_files)


def test_the_nearer_preset_answers(chain: Chain) -> None:
    preset = chain.load("license: MIT\nci: none\n", "license: Apache-2.0\n", "stack: stdlib\n")
    assert preset.answers == {"license": "Apache-2.0", "ci": "none", "stack": "stdlib"}


def test_what_is_fixed_stays_fixed_by_whoever_was_first(chain: Chain) -> None:
    preset = chain.load("license: MIT\n_fixed: [license]", "ci: none\n_fixed: [ci, license]")
    assert preset.fixed == {"license": "0.yml", "ci": "1.yml"}


@pytest.mark.parametrize("loosened", ["license: MIT\n", "_fixed: []\n", "ci: none\n"])
def test_nobody_who_extends_a_preset_loosens_it(loosened: str, chain: Chain) -> None:
    preset = chain.load("license: MIT\n_fixed: [license]", loosened)
    assert (preset.answers["license"], preset.fixed) == ("MIT", {"license": "0.yml"})
    line = chain.refused("license: MIT\n_fixed: [license]", loosened, "license: Apache-2.0\n")
    assert line == "Preset 2.yml: license is fixed to MIT by 0.yml."


def test_an_answer_of_the_base_can_be_fixed_later(chain: Chain) -> None:
    preset = chain.load("license: MIT\n", "_fixed: [license]\n")
    assert (preset.answers, preset.fixed) == ({"license": "MIT"}, {"license": "1.yml"})


def test_of_two_owners_the_nearer_preset_names_the_last(chain: Chain) -> None:
    base = '_owners: {"docs/*": seed, "*.md": managed}\n'
    preset = chain.load(base, '_owners: {"docs/*": shared}\n')
    assert list(preset.owners.items()) == [("*.md", "managed"), ("docs/*", "shared")]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, write_files: WriteFiles) -> Chain:
    return Chain(tmp_path_factory.mktemp("many"), write_files)


@given(layers=st.lists(st.dictionaries(TEXTS, st.sampled_from(OWNERS)), min_size=1, max_size=5))
def test_owners_come_in_an_order_in_which_the_last_counts(
    layers: list[dict[str, str]], many: Chain
) -> None:
    preset = many.load(*(f"_owners: {json.dumps(layer)}" for layer in layers))
    spelled = [pair for layer in layers for pair in layer.items()]
    assert preset.owners == dict(spelled)
    last = {pattern: number for number, (pattern, _) in enumerate(spelled)}
    assert list(preset.owners) == sorted(last, key=lambda pattern: last[pattern])


def test_the_nearer_preset_names_the_template(chain: Chain) -> None:
    base = "_template: https://git.example.org/base.git@v1\n"
    assert chain.load(base, "ci: none\n").template == "https://git.example.org/base.git@v1"
    nearer = "_template: ssh://git@git.example.org/fork.git\n"
    assert chain.load(base, nearer).template == "ssh://git@git.example.org/fork.git"


@pytest.mark.parametrize(("rule", "words"), BAD_RULES)
def test_a_rule_that_is_not_one_is_refused_in_one_line(rule: str, words: str, chain: Chain) -> None:
    line = chain.refused(rule)
    assert line.startswith(f"Preset 0.yml: {words}")
    assert "\n" not in line
    assert chain.refused(rule, "ci: none\n") == line


@pytest.mark.parametrize(
    ("back", "told"),
    [
        ("0.yml", "0.yml extends 0.yml"),
        ("./1.yml", "0.yml extends 1.yml"),
        ("../chain/0.yml", "0.yml extends ../chain/0.yml"),
        ("2.yml", "0.yml extends 2.yml"),
    ],
)
def test_presets_that_extend_each_other_in_a_circle_are_refused(
    back: str, told: str, tmp_path: Path, write_files: WriteFiles
) -> None:
    chain = Chain(tmp_path / "chain", write_files)
    line = chain.refused(f"_extends: {back}\n", "ci: none\n", "ci: none\n")
    assert line == f"Preset 2.yml: {told}, in a circle."


def test_a_chain_that_does_not_end_is_refused(chain: Chain) -> None:
    chain.load(*["ci: none\n"] * LONGEST_CHAIN)
    line = chain.refused(*["ci: none\n"] * (LONGEST_CHAIN + 1))
    assert line == f"Preset {LONGEST_CHAIN}.yml: extends more than {LONGEST_CHAIN - 1} others."


@pytest.mark.parametrize(
    ("answer", "fixed", "departs"),
    [
        ("license: MIT", {"license": "MIT"}, False),
        ("license: MIT", {"license": "mit"}, True),
        ("license: MIT", {}, False),
        ("docs: yes", {"docs": True}, False),
        ("docs: yes", {"docs": "true"}, False),
        ("docs: yes", {"docs": "on"}, False),
        ("docs: yes", {"docs": "off"}, True),
        ("docs: no", {"docs": "False"}, False),
        ("external: [numpy]", {"external": ["numpy"]}, False),
        ("external: [numpy]", {"external": "[numpy]"}, False),
        ("external: [numpy]", {"external": []}, True),
        ("external: [numpy]", {"external": "[numpy"}, True),
    ],
)
def test_a_fixed_answer_may_be_given_again_but_no_other(
    answer: str, fixed: dict[str, object], *, departs: bool, chain: Chain
) -> None:
    name = answer.partition(":")[0]
    preset = chain.load(f"{answer}\n_fixed: [{name}]\n")
    assert departures(QUESTIONS, preset, fixed) == [name] * departs
    if departs:
        with pytest.raises(UsageFailed, match=rf"^{name}: the preset 0\.yml fixes it to "):
            demand_kept(QUESTIONS, preset, fixed)


def test_what_is_not_fixed_is_free(chain: Chain) -> None:
    demand_kept(QUESTIONS, chain.load("license: MIT\n"), {"license": "Apache-2.0"})
