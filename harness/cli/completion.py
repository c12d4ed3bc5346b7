"""`conform completion`."""

from __future__ import annotations

import click

from harness.cli.names import OneOf
from harness.cli.shells import SHELLS


@click.command("completion")
@click.argument("shell", metavar="|".join(SHELLS), type=OneOf("shell", SHELLS))
def command(shell: str) -> int:
    """Print the script by which a shell completes verbs, options and their values.

    bash, in ~/.bashrc:  eval "$(conform completion bash)"

    zsh, in ~/.zshrc:  eval "$(conform completion zsh)"

    fish:  conform completion fish > ~/.config/fish/completions/conform.fish
    """
    click.echo(SHELLS[shell].script, nl=False)
    return 0
