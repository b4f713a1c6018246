"""A running database that fits the task: the cluster made where missing, its role and databases in it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local import account as accounts
from deploy.local import home as homes
from deploy.local import leftovers, postgres, processes, progress, provision
from deploy.local.cluster import Cluster, Kind, environment
from deploy.local.home import Home
from deploy.local.postgres import Postgres
from deploy.local.processes import Account
from deploy.local.state import State
from deploy.local.trouble import Trouble


@contextmanager
def running(state: State, kind: Kind, found: list[Postgres]) -> Iterator[Cluster]:
    """Give a running cluster of this state, made where missing by a PostgreSQL of those found; stop it in the end."""
    account, home = _settle(state)
    if kind.throwaway:
        _clear_if_unclean(home, found)
    programs = _programs_for(home, found)
    cluster = Cluster(state, kind, programs, home, account)
    if not home.data.exists():
        _make(cluster)
    with progress.step(f"starting PostgreSQL {programs.major}", "正在启动数据库"):
        _start(cluster)
    try:
        provision.provision(cluster)
        yield cluster
    finally:
        cluster.stop()


def _settle(state: State) -> tuple[Account | None, Home]:
    noted = homes.noted_shelter(state)
    inside = state.path / "pg" / "data"
    account = accounts.choose(inside if inside.exists() or noted is None else noted / "data")
    return account, homes.choose(state, account)


def _clear_if_unclean(home: Home, found: list[Postgres]) -> None:
    """Remove throwaway data that were not closed properly, or whose PostgreSQL is gone: a new start is as good."""
    leftovers.end_postgres(home.data)
    unclean = (home.data / "postmaster.pid").exists()
    if home.data.exists() and (unclean or postgres.newest(found, _data_version(home)) is None):
        shutil.rmtree(home.data)


def _programs_for(home: Home, found: list[Postgres]) -> Postgres:
    major = _data_version(home)
    programs = postgres.newest(found, major)
    if programs is None:
        raise Trouble(
            f"{home.data} was made by PostgreSQL {major}, which is not here with PostGIS any more."
            f" Install postgresql {major} again, or start afresh: make demo-reset",
            f"{home.data} 由 PostgreSQL {major} 创建，但该版本已不存在。请重新安装，或执行 make demo-reset。",
        )
    return programs


def _data_version(home: Home) -> int | None:
    version = home.data / "PG_VERSION"
    return int(version.read_text()) if version.exists() else None


def _make(cluster: Cluster) -> None:
    """Run initdb beside the final place and move the result there, so that half a cluster is never taken for one."""
    begun = cluster.home.data.with_name("data.new")
    shutil.rmtree(begun, ignore_errors=True)
    provision.forget(cluster)
    with progress.step("making a private PostgreSQL cluster", "正在创建数据库", about="a few seconds"):
        done = any(_initdb(cluster, begun, locale) == 0 for locale in ("C.UTF-8", "C"))
    if not done:
        raise Trouble(
            "initdb failed.",
            "initdb 失败。",
            processes.tail(cluster.state.log("initdb")),
        )
    begun.rename(cluster.home.data)


def _initdb(cluster: Cluster, begun: Path, locale: str) -> int:
    argv = [
        cluster.programs.program("initdb"),
        "-D",
        begun,
        "-U",
        "postgres",
        "-E",
        "UTF8",
        f"--locale={locale}",
    ]
    argv += ["--auth-local=trust", "--auth-host=scram-sha-256", *cluster.kind.initdb]
    with cluster.state.log("initdb").open("wb") as output:
        child = processes.spawn(
            argv,
            env=environment(),
            cwd=begun.parent,
            account=cluster.account,
            output=output,
        )
        return processes.wait(child)


def _start(cluster: Cluster) -> None:
    try:
        cluster.start()
    except BaseException:
        cluster.stop()
        raise
