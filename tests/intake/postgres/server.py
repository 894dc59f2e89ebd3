"""A PostgreSQL server of the tests' own: nobody else's data, gone when they end."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

SECONDS = 60
# Nobody becomes root's server; Debian's package brings this user.
USER_OF_THE_PACKAGE = "postgres"
OWNER, READER, DATABASE = "owner", "reader", "office"
# Planted as the reader's password, and searched for in all that is written and printed.
PASSWORD = "canary-Bí-mật-7f3a91"
SETTINGS = "-c listen_addresses='' -c fsync=off -c max_connections=20"


def programs() -> Path | None:
    """The folder with the server's programs, of the newest version; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    return found[-1].parent if found else None


@dataclass(frozen=True)
class Server:
    """A running server; its socket lies in `folder`."""

    folder: Path

    def environment(self, **other: str) -> dict[str, str]:
        """What an office would set: the reader, who may read what is granted and nothing else."""
        settings = {
            "PGHOST": str(self.folder),
            "PGDATABASE": DATABASE,
            "PGUSER": READER,
            "PGPASSWORD": PASSWORD,
            "PGPASSFILE": "/dev/null",
        }
        return settings | other

    def owner(self, database: str = DATABASE) -> psycopg.Connection:
        """A connection that may do everything."""
        return psycopg.connect(
            host=str(self.folder), user=OWNER, password=OWNER, dbname=database, autocommit=True
        )

    def run(self, statement: str) -> None:
        """Run one statement as the owner."""
        with self.owner() as connection:
            connection.execute(statement.encode())

    def create(
        self, schema: str, table: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence]
    ) -> None:
        """A table anew, with columns (name, type) and rows of text, which the server converts."""
        place = sql.Identifier(schema, table)
        typed = [sql.SQL("{} {}").format(sql.Identifier(n), sql.SQL(t)) for n, t in columns]
        with self.owner() as connection:
            connection.execute(
                sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema))
            )
            connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(place))
            connection.execute(
                sql.SQL("CREATE TABLE {} ({})").format(place, sql.SQL(", ").join(typed))
            )
            insert = sql.SQL("INSERT INTO {} VALUES ({})").format(
                place, sql.SQL(", ").join([sql.Placeholder()] * len(columns))
            )
            connection.cursor().executemany(insert, rows)

    def grant(self, schema: str, table: str, columns: Sequence[str]) -> None:
        """Let the reader see some columns of a table."""
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        place, reader = sql.Identifier(schema, table), sql.Identifier(READER)
        with self.owner() as connection:
            connection.execute(
                sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(sql.Identifier(schema), reader)
            )
            connection.execute(
                sql.SQL("GRANT SELECT ({}) ON {} TO {}").format(names, place, reader)
            )


@contextmanager
def running(bin_folder: Path) -> Iterator[Server]:
    """A server that listens on a socket in a folder of its own, until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        if os.geteuid() == 0:
            owner = pwd.getpwnam(USER_OF_THE_PACKAGE)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        folder.chmod(0o755)
        data = folder / "data"
        secret = folder / "secret"
        secret.write_text(OWNER, encoding="utf-8")
        _call(bin_folder, "initdb", "-D", data, "-U", OWNER, "--pwfile", secret, "--auth",
              "scram-sha-256", "--encoding", "UTF8", "--no-locale", "--no-sync")  # fmt: skip
        options = f"{SETTINGS} -c unix_socket_directories={folder}"
        _call(bin_folder, "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log", "start")
        try:
            server = Server(folder)
            _prepare(server)
            yield server
        finally:
            _call(bin_folder, "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _prepare(server: Server) -> None:
    with server.owner("postgres") as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        connection.execute(
            sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                sql.Identifier(READER), sql.Literal(PASSWORD)
            )
        )


def _call(bin_folder: Path, program: str, *arguments: str | Path) -> None:
    command = [str(bin_folder / program), *map(str, arguments)]
    if os.geteuid() == 0:
        command = ["runuser", "-u", USER_OF_THE_PACKAGE, "--", *command]
    # No pipe: the server would inherit and hold it.
    subprocess.run(
        command,
        check=True,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        timeout=SECONDS,
    )
