"""`pathfinder access matrix` prints the table that holds."""

import json

from access import matrix
from tests.cli.conftest import Shell


def test_the_matrix_is_printed_as_the_documentation_has_it(shell: Shell) -> None:
    said = shell.run("access", "matrix")
    assert (said.code, said.out.strip()) == (0, matrix.as_markdown().strip())
    assert f"{matrix.cell_count():,} cells" in said.err


def test_the_matrix_is_there_for_programs(shell: Shell) -> None:
    lines = json.loads(shell.run("access", "matrix", "--json").out)
    decide = next(line for line in lines if line["action"] == "decide")
    assert (decide["secretariat"], decide["gcm"], decide["stranger"]) == ("all", "-", "-")
