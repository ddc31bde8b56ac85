"""What is shipped for a server fits the app, and the guide names what there is."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
GUIDE = (ROOT / "docs" / "deploy.md").read_text("utf-8")
SITE = (DEPLOY / "nginx" / "lossopt.conf").read_text("utf-8")
HERE = (DEPLOY / "nginx" / "here.conf").read_text("utf-8")


def test_the_guide_names_files_and_ports_that_there_are():
    named = re.findall(r"deploy/[\w./@-]+", GUIDE)
    assert len(named) >= 5 and all((ROOT / name).exists() for name in named)
    started = re.findall(r"enable --now (.*)", GUIDE)[0].split()
    assert [f"lossopt@{port}" for port in re.findall(r"127\.0\.0\.1:(\d+)", HERE)] == started
    for setting in re.findall(r"^\| `(proxy_\w+|max_fails|gzip)", GUIDE, re.MULTILINE):
        assert setting in SITE + HERE


def test_a_table_that_the_app_takes_passes_nginx():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    (most,) = re.findall(r"client_max_body_size (\d+)m;", SITE)
    assert int(most) > config["server"]["maxUploadSize"]


def test_both_ways_find_a_process_by_the_same_number():
    for name in ("here", "compose"):
        upstream = (DEPLOY / "nginx" / f"{name}.conf").read_text("utf-8")
        assert "upstream lossopt {" in upstream and "hash $lossopt_process consistent;" in upstream


def test_the_image_holds_all_that_is_served():
    left_out = (ROOT / ".dockerignore").read_text("utf-8").split()
    served = ("app.py", "home.py", "pages", "lossopt", "classroom", "static", "assets")
    assert not {*served, ".streamlit", "requirements.txt"} & {*left_out}
    image = (DEPLOY / "Dockerfile").read_text("utf-8")
    unit = (DEPLOY / "lossopt@.service").read_text("utf-8")
    assert '"streamlit", "run", "app.py"' in image and "streamlit run app.py" in unit
    settings = re.findall(r"^Environment=(.*)$", unit, re.MULTILINE)
    assert len(settings) > 1 and all(each in image for each in settings)


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
def test_nginx_takes_the_files(tmp_path):
    main = f"""pid {tmp_path}/pid; error_log stderr;
        events {{}} http {{ access_log off; include {DEPLOY}/nginx/lossopt.conf;
        include {DEPLOY}/nginx/here.conf; }}"""
    (tmp_path / "nginx.conf").write_text(main, "utf-8")
    command = ["nginx", "-t", "-c", str(tmp_path / "nginx.conf"), "-e", str(tmp_path / "error.log")]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
