"""The installed kernel serves unmodified programs by its name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError
from nbformat.v4 import new_code_cell, new_notebook

from briefings.press.forkserver.__main__ import main

pytestmark = pytest.mark.slow

NAME = "warm-test"
IS_FORKED = "parent = open(f'/proc/{__import__(\"os\").getppid()}/cmdline').read()\n"
IS_FORKED += "print('forkserver.zygote' in parent)"


@pytest.fixture(scope="module")
def prefix(tmp_path_factory) -> Path:
    """An environment into which the kernel has been installed."""
    prefix = tmp_path_factory.mktemp("prefix")
    assert main(["install", "--prefix", str(prefix), "--name", NAME, "--preload", "json"]) == 0
    return prefix


@pytest.fixture
def environment(prefix, surroundings, monkeypatch) -> dict[str, str]:
    """The surroundings in which Jupyter finds it."""
    monkeypatch.setenv("JUPYTER_PATH", str(prefix / "share" / "jupyter"))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(prefix / "config"))
    return {k: v for k, v in os.environ.items() if k != "PYTEST_CURRENT_TEST"}


def notebook(*sources: str) -> nbformat.NotebookNode:
    metadata = {"kernelspec": {"name": "other", "display_name": "Other", "language": "python"}}
    return new_notebook(cells=[new_code_cell(source) for source in sources], metadata=metadata)


def out(notebook: nbformat.NotebookNode) -> str:
    return "".join(output.get("text", "") for cell in notebook.cells for output in cell.outputs)


def test_jupyter_lists_it(environment, prefix):
    command = [sys.executable, "-m", "jupyter_client.kernelspecapp", "list", "--json"]
    specs = json.loads(subprocess.check_output(command, env=environment))["kernelspecs"]
    assert specs[NAME]["resource_dir"] == str(prefix / "share/jupyter/kernels" / NAME)
    provisioner = specs[NAME]["spec"]["metadata"]["kernel_provisioner"]
    assert provisioner["config"] == {"preload": ["json"]}


@pytest.mark.parametrize(
    ("options", "reason"),
    [(["--preload", "missing"], "No module named 'missing'"), (["--name", "a b"], "a b")],
)
def test_what_would_not_work_is_not_installed(options, reason, tmp_path, capsys):
    assert main(["install", "--prefix", str(tmp_path), *options]) == 1
    assert reason in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_command_line_of_papermill(environment, tmp_path):
    nbformat.write(notebook("x = 1", IS_FORKED), tmp_path / "in.ipynb")
    command = [
        sys.executable,
        "-m",
        "papermill",
        "in.ipynb",
        "out.ipynb",
        "-k",
        NAME,
        "-p",
        "x",
        "2",
    ]
    subprocess.run(command, check=True, env=environment, cwd=tmp_path, capture_output=True)
    assert out(nbformat.read(tmp_path / "out.ipynb", 4)) == "True\n"


def test_nbclient(environment):
    executed = NotebookClient(notebook("x = 1", IS_FORKED), kernel_name=NAME).execute()
    assert out(executed) == "True\n"


def test_a_cell_that_takes_too_long_is_interrupted_or_fails(environment):
    slow = "import time\ntry:\n    time.sleep(60)\nexcept KeyboardInterrupt:\n    print('stopped')"
    options = {"kernel_name": NAME, "timeout": 3}
    executed = NotebookClient(notebook(slow), interrupt_on_timeout=True, **options).execute()
    assert out(executed) == "stopped\n"
    with pytest.raises(CellTimeoutError):
        NotebookClient(notebook(slow), **options).execute()


class Server:
    """The REST side of a Jupyter server."""

    def __init__(self, url: str) -> None:
        self.url = url

    def ask(self, method: str, path: str, content: object = None) -> object:
        request = urllib.request.Request(
            f"{self.url}{path}",
            data=None if content is None else json.dumps(content).encode(),
            method=method,
            headers={"Authorization": "token secret", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as response:
            body = response.read()
        return json.loads(body) if body else None


@pytest.fixture
def server(environment, tmp_path):
    """A Jupyter server on this machine; it writes where it is into its runtime folder."""
    command = [sys.executable, "-m", "jupyter_server", "--ip=127.0.0.1", "--port=0"]
    command += ["--no-browser", "--allow-root", "--IdentityProvider.token=secret"]
    command += [f"--ServerApp.root_dir={tmp_path}", "--ServerApp.jpserver_extensions={}"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        place = tmp_path / "runtime" / f"jpserver-{process.pid}.json"
        end = time.monotonic() + 60
        while not place.exists() or not place.read_text().endswith("}"):
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.05)
        yield Server(json.loads(place.read_text())["url"])
        process.terminate()


def test_a_jupyter_server(server, tmp_path, join, ends):
    kernel = server.ask("POST", "api/kernels", {"name": NAME})
    path = f"api/kernels/{kernel['id']}"
    connection_file = tmp_path / "runtime" / f"kernel-{kernel['id']}.json"
    session = join(connection_file)
    assert session.run(IS_FORKED).out == "True\n"

    request = session.start("import time; time.sleep(60)")
    server.ask("POST", f"{path}/interrupt")
    assert session.answer(request).error == "KeyboardInterrupt"

    pid = int(session.run("kept = 1; import os; print(os.getpid())").out)
    server.ask("POST", f"{path}/restart")
    assert ends(pid)
    assert join(connection_file).run("kept").error == "NameError"
    server.ask("DELETE", path)
    assert server.ask("GET", "api/kernels") == []
