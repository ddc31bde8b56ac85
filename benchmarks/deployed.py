"""The app as a school serves it: ``python -m benchmarks.deployed [--processes 2]``.

Starts some processes and nginx with the files of `deploy/nginx` (only ports and folders are
others), and tries what `docs/deploy.md` promises: who comes back meets the same process, pages and
websockets pass under any name of host, what the app has compressed stays so, a class in two
processes is one and is heard at once, and when a process is killed the other one answers.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.browser import PORT, ROOT, wait_for_server

COOKIE = "lossopt_process"
WAIT = 20.0
"""Seconds after which something has not happened."""
MAIN = """daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 1;
events {{ worker_connections 4096; }}
http {{
  log_format where "$upstream_addr $status $request_uri";
  access_log {folder}/access.log where;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  include {folder}/conf.d/*.conf;
}}
"""


class Deployed:
    """Processes of the app behind nginx, which listens at `port`."""

    def __init__(self, folder: Path, port: int, processes: list[subprocess.Popen[bytes]]) -> None:
        self.folder, self.port, self.processes = folder, port, processes

    def health(self, cookie: str = "") -> tuple[str, str]:
        """Which process answers, and the cookie that it is given."""
        before = len(self._answered())
        answer = fetch(self.port, "/_stcore/health", cookie)
        assert answer.status == 200
        until = time.monotonic() + WAIT
        while len(self._answered()) == before:  # nginx writes its log after the answer
            assert time.monotonic() < until
            time.sleep(0.01)
        return self._answered()[-1], cookie_of(answer)

    def _answered(self) -> list[str]:
        """Addresses of the processes that answered so far; of several the last one."""
        log = (self.folder / "access.log").read_text("utf-8")
        return [line.split(" /")[0].split()[-2] for line in log.splitlines()]


@contextmanager
def deployed(count: int, port: int = PORT) -> Iterator[Deployed]:
    """Start processes at the ports after nginx's own, and nginx; end them all."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as ends:
        folder, ports = Path(name), range(port + 1, port + 1 + count)
        started = Deployed(folder, port, [])
        environment = os.environ | _environment() | {"LOSSOPT_DATA": str(folder / "data")}
        for own in ports:
            command = [sys.executable, "-m", "streamlit", "run", "app.py"]
            command += ["--server.address=127.0.0.1", f"--server.port={own}"]
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
            )
            ends.callback(_end, process)
            started.processes.append(process)
        nginx = subprocess.Popen(_nginx(folder, port, ports))
        ends.callback(_end, nginx)
        for each in (*ports, port):
            wait_for_server(each)
        yield started


def _environment() -> dict[str, str]:
    """What the unit of systemd sets."""
    unit = (ROOT / "deploy" / "lossopt@.service").read_text("utf-8")
    return dict(re.findall(r"^Environment=(\w+)=(.*)$", unit, re.MULTILINE))


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _nginx(folder: Path, port: int, ports: range) -> list[str]:
    """Files of `deploy/nginx`, with other ports; the command that runs them."""
    shipped, used = ROOT / "deploy" / "nginx", folder / "conf.d"
    used.mkdir()
    server = (shipped / "lossopt.conf").read_text("utf-8")
    server = server.replace("listen 80 ", f"listen 127.0.0.1:{port} ")
    server = server.replace("listen [::]:80 ", f"listen [::1]:{port} ")
    (used / "lossopt.conf").write_text(server, "utf-8")
    here = (shipped / "here.conf").read_text("utf-8")
    line = re.search(r"    server .*8501(.*\n)", here)
    assert line
    lines = "".join(f"    server 127.0.0.1:{own}{line[1]}" for own in ports)
    here = re.sub(r"(    server .*\n)+", lambda _: lines, here)
    (used / "here.conf").write_text(here, "utf-8")
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder), "utf-8")
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    return [program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]


def fetch(port: int, path: str, cookie: str = "", sent: Any = None, key: str = "") -> Any:
    """Answer to one request, under the name of some school."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}")
    request.add_header("Host", "school.example")
    request.add_header("Accept-Encoding", "gzip")
    if cookie:
        request.add_header("Cookie", f"{COOKIE}={cookie}")
    if key:
        request.add_header("Authorization", f"Bearer {key}")
    if sent is not None:
        request.add_header("Content-Type", "application/json")
        request.data = json.dumps(sent).encode()
    return urllib.request.urlopen(request, timeout=WAIT)


def cookie_of(answer: Any) -> str:
    """The number by which nginx finds the process again."""
    told = " ".join(answer.headers.get_all("Set-Cookie", []))
    found = re.search(rf"{COOKIE}=(\w+)", told)
    return found[1] if found else ""


def _sticks(server: Deployed) -> dict[str, str]:
    """Cookies that lead to each process."""
    cookies = dict(server.health() for _ in range(40))
    assert len(cookies) == len(server.processes), cookies
    for address, cookie in cookies.items():
        assert {server.health(cookie) for _ in range(10)} == {(address, "")}
    return cookies


def _packs(server: Deployed) -> None:
    with fetch(server.port, "/") as page:
        assert page.headers["Content-Encoding"] == "gzip" and page.headers["Content-Type"]
        assert len(page.read()) > 1000


async def _draws(server: Deployed, cookie: str) -> None:
    """A page, over the websocket, as a browser that has come by another name asks for it."""
    async with websockets.connect(
        "ws://school.example/_stcore/stream",
        host="127.0.0.1",
        port=server.port,
        subprotocols=["streamlit"],  # type: ignore[list-item]
        origin="https://school.example",  # type: ignore[arg-type]
        additional_headers={"Cookie": f"{COOKIE}={cookie}"},
        max_size=None,
    ) as socket:
        message = BackMsg()
        message.rerun_script.query_string = "problem=line"
        await socket.send(message.SerializeToString())
        kind: str | None = ""
        while kind != "script_finished":
            data = await asyncio.wait_for(socket.recv(), WAIT)
            assert isinstance(data, bytes)
            kind = ForwardMsg.FromString(data).WhichOneof("type")


def _hears(server: Deployed, cookies: list[str]) -> None:
    """The teacher listens to one process and hears at once who joins in the other."""
    opened = json.load(fetch(server.port, "/class/open", cookies[0], {}))
    path = f"/class/{opened['code']}"
    with fetch(server.port, f"{path}/live", cookies[0], key=opened["key"]) as stream:
        assert not _state(stream)["students"]
        fetch(server.port, f"{path}/join", cookies[-1], {}).close()
        while not _state(stream)["students"]:
            pass


def _state(stream: Any) -> Any:
    while not (line := stream.readline()).startswith(b"data:"):
        assert line, "the stream has ended"
    return json.loads(line[5:])


def _survives(server: Deployed, cookies: dict[str, str]) -> None:
    ports = [str(server.port + 1 + k) for k in range(len(server.processes))]
    first = next(address for address in cookies if address.endswith(ports[0]))
    server.processes[0].send_signal(signal.SIGKILL)
    server.processes[0].wait()
    assert server.health(cookies[first])[0] != first
    asyncio.run(_draws(server, cookies[first]))


def main() -> None:
    """Try all of it and say what holds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--port", type=int, default=PORT)
    asked = parser.parse_args()
    with deployed(asked.processes, asked.port) as server:
        cookies = _sticks(server)
        print(f"{len(cookies)} processes behind nginx; who comes back meets the same one")
        _packs(server)
        print("what the app has compressed comes through as it is")
        for cookie in cookies.values():
            asyncio.run(_draws(server, cookie))
        print("pages are drawn over the websocket, under the name of another host")
        _hears(server, list(cookies.values()))
        print("a class in two processes is one, and its stream is heard at once")
        _survives(server, cookies)
        print("a process was killed: the other one answers in its place")


if __name__ == "__main__":
    main()
