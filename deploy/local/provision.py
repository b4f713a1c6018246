"""What stands in a cluster of our own before the product's first migration: the role, the databases, PostGIS."""

from deploy.local import processes, progress
from deploy.local.cluster import PORT, Cluster, environment
from deploy.local.trouble import Trouble

NOTE = "provisioned"

# Only PostGIS needs the superuser; the role that the product uses may make databases and nothing more.
ROLE = "select 'create role yima login createdb' where not exists (select from pg_roles where rolname = 'yima') \\gexec"
DATABASE = (
    "select 'create database {name} owner yima template template0' "
    "where not exists (select from pg_database where datname = '{name}') \\gexec\n"
    "\\connect {name}\n"
    "create extension if not exists postgis;"
)
# The newest template is kept, as it saves the next run from migrating; what else a test run left behind goes.
LEFT_OVER = (
    "select format('drop database %I', datname) from pg_database "
    "where datname <> all (array['postgres', 'template0', 'template1', {kept}]) and oid <> coalesce((select max(oid) "
    "from pg_database where datname ~ '^yima_test_template_[0-9a-f]+$'), 0) \\gexec"
)

# Tests empty their tables without a look at references, which a role may be allowed from PostgreSQL 15 on.
REFERENCES_ASIDE = (
    "select 'grant set on parameter session_replication_role to yima' "
    "where current_setting('server_version_num')::int >= 150000 \\gexec"
)


def forget(cluster: Cluster) -> None:
    """Forget that the cluster was provisioned: its data are about to be made anew."""
    (cluster.state.path / NOTE).unlink(missing_ok=True)


def provision(cluster: Cluster) -> None:
    """Make the role and the databases once; clear throwaway databases that a killed test run left behind."""
    note = cluster.state.path / NOTE
    if not note.exists():
        with progress.step("preparing the database", "正在准备数据库"):
            psql(
                cluster,
                "\n".join(
                    [
                        ROLE,
                        *(DATABASE.format(name=name) for name in cluster.kind.databases),
                    ]
                ),
            )
        note.touch()
    if cluster.kind.throwaway:
        psql(
            cluster,
            "\n".join(
                [LEFT_OVER.format(kept=", ".join(f"'{name}'" for name in cluster.kind.databases)), REFERENCES_ASIDE]
            ),
        )


def psql(cluster: Cluster, script: str) -> None:
    """Run a script as the superuser; raises Trouble with what psql said."""
    argv = [
        cluster.programs.program("psql"),
        "-XqAt",
        "-v",
        "ON_ERROR_STOP=1",
        "-h",
        cluster.home.socket,
    ]
    argv += ["-p", str(PORT), "-U", "postgres", "-d", "postgres", "-f", "-"]
    answer = processes.ask(argv, text=script, env=environment())
    if answer.returncode != 0:
        raise Trouble(
            "The database could not be prepared.",
            "数据库准备失败。",
            answer.stderr.splitlines(),
        )
