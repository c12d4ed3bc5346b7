"""The command line: a verb's module is imported when it is called, so `conform --help` is quick."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module

import click
from click.shell_completion import CompletionItem

from harness import __version__
from harness.cli.streams import lenient_streams
from harness.errors import ConformError
from harness.exitcodes import ExitCode
from harness.interrupts import raise_on_signals
from harness.screen import say

VERBS: dict[str, str] = {
    "list": "List backends, their versions, and whether each can run here.",
    "build": "Make images or environments ahead of time.",
    "run": "Run the suite on backends and show the matrix.",
    "validate": "Say how far an external backend module conforms.",
    "merge": "Merge journals into a matrix.",
    "report": "Show a matrix: on the terminal, as a site, for CI systems.",
    "serve": "Show a run in the browser while it goes on.",
    "diff": "Compare two runs: regressions, fixes, new, gone.",
    "baseline": "Check or rewrite a backend's known deviations.",
    "exclusions": "Hold a list of excluded tests of Keras against what they do now.",
    "cases": "List the cases, with their promises and profiles.",
    "explain": "Say what a case promises, and which backends deviate.",
    "repro": "Print a stand-alone script for one case.",
    "plan": "Print CI jobs: for GitHub, GitLab or Jenkins, or as JSON.",
    "env": "Print the interpreter of a backend's environment.",
    "clean": "List or remove environments, images, logs and journals.",
    "schema": "Print the schema of a journal, matrix, baseline or validation.",
    "completion": "Print the script that completes words in bash, zsh or fish.",
}
"""Verb -> its line in `conform --help`. The verb's module has the same name: env is cli/env.py."""

_MODULES = {"list": "list_"}


class _Verbs(click.Group):
    """A group that knows its commands by name and imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in VERBS:
            return None
        module = import_module(f"harness.cli.{_MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in VERBS:
            from harness.text import suggestion

            raise click.UsageError(f"Unknown verb {args[0]!r}: {suggestion(args[0], VERBS)}.")
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The verbs and options that go on as the incomplete word; no verb's module is imported."""
        verbs = [
            CompletionItem(name, help=text) for name, text in VERBS.items() if name.startswith(incomplete)
        ]
        return verbs + click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(
    cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=False
)
@click.version_option(__version__, prog_name="conform")
def conform() -> None:
    """Conformance of Keras backends: one suite, isolated engines, one matrix."""


def main(arguments: list[str] | None = None) -> None:
    """Runs a verb and ends the process with its exit status; a user's error is one sentence on stderr."""
    with lenient_streams() as out:
        status = _status(arguments)
        sys.stdout.flush()
        if out is not None and out.failure is not None and not out.gone:
            say(f"conform: The output could not be written ({out.failure.strerror}).")
            status = status or ExitCode.USAGE
    sys.exit(status)


def _status(arguments: list[str] | None) -> int:
    try:
        raise_on_signals()
        if "_CONFORM_COMPLETE" in os.environ:
            from harness.cli.shells import offer

            offer()
        result = conform.main(args=arguments, prog_name="conform", standalone_mode=False)
    except ConformError as error:
        from harness.text import one_line

        say(f"conform: {one_line(error.message, 2000)}")
        return error.exit_code
    except click.ClickException as error:
        text = io.StringIO()
        error.show(text)
        say(text.getvalue())
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        say("conform: Interrupted.")
        return ExitCode.INTERRUPTED
    return result if isinstance(result, int) else ExitCode.OK
