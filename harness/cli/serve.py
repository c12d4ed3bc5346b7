"""`conform serve`."""

from __future__ import annotations

from pathlib import Path

import click

from harness.cli.options import preparing
from harness.errors import UsageError

DEFAULT_PORT = 8765


@click.command("serve")
@click.argument("folder", metavar="[DIR]", default="results", type=click.Path(path_type=Path))
@click.option(
    "--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(0, 65535), metavar="PORT"
)
def command(folder: Path, port: int) -> int:
    """Serve the site of the journals in DIR to this machine, live while a run writes them.

    Ctrl-C ends it. The port 0 takes one that is free.
    """
    from waitress import create_server

    from harness.site.server import HOST, Server

    if not folder.is_dir():
        raise UsageError(f"{folder} is not a directory: name one that `conform run --out` writes to.")
    try:
        server = create_server(Server(folder, preparing("the suite")), host=HOST, port=port, threads=4)
    except OSError as error:
        raise UsageError(
            f"Port {port} cannot be used ({error.strerror}): choose another with --port, or 0 for any."
        ) from None
    click.echo(f"http://{HOST}:{server.effective_port}/ (Ctrl-C ends it)")
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
    return 0
