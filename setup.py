"""The packages of an installed lossopt: the library, with the player's files inside it."""

from setuptools import find_packages, setup

PLAYER = (
    *("static/stage", "static/programs", "static/network", "static/tuner", "static/vendor"),
    *("assets", "assets/en", "assets/ko"),
)

setup(
    packages=[
        *find_packages(include=["lossopt*"]),
        *(f"lossopt.{folder.replace('/', '.')}" for folder in PLAYER),
    ],
    package_dir={f"lossopt.{folder.replace('/', '.')}": folder for folder in PLAYER},
)
