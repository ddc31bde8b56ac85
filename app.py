"""The app: Streamlit's pages, the player's files at addresses of their own, and the class."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from classroom.live import Live
from classroom.routes import class_routes
from classroom.service import Service
from classroom.stores.chosen import chosen
from pages.ui.classroom.desk import desk_page
from pages.ui.classroom.nicknames import nicknames
from pages.ui.classroom.phone import phone_page
from pages.ui.classroom.routes import scene_routes
from pages.ui.frame.document import documents
from pages.ui.frame.files import Compressed, player_files, root
from pages.ui.frame.frame import SCRIPTS
from pages.ui.frame.sockets import answer_at_once
from pages.ui.warm_up import draw, greet, warmed_up

classes = Live(Service(chosen(os.environ), nicknames()))


@asynccontextmanager
async def running(app: object) -> AsyncIterator[None]:
    """From the start of the server to its end."""
    answer_at_once()
    async with warmed_up(app), classes.running():
        yield


app = st.App(
    "home.py",
    routes=[
        player_files(),
        *documents(SCRIPTS, greet, draw),
        phone_page(),
        desk_page(),
        *scene_routes(),
        *class_routes(classes, root()),
    ],
    middleware=[Middleware(Compressed)],
    lifespan=running,
)
