"""The app: Streamlit's pages, the player's files at addresses of their own, and the class."""

import os

import streamlit as st
from starlette.middleware import Middleware

from classroom.routes import class_routes
from classroom.service import Service
from classroom.stores.chosen import chosen
from pages.ui.classroom.nicknames import nicknames
from pages.ui.frame.document import documents
from pages.ui.frame.files import Compressed, player_files, root
from pages.ui.frame.frame import SCRIPTS
from pages.ui.warm_up import draw, greet, warmed_up

classes = Service(chosen(os.environ), nicknames())
app = st.App(
    "home.py",
    routes=[player_files(), *documents(SCRIPTS, greet, draw), *class_routes(classes, root())],
    middleware=[Middleware(Compressed)],
    lifespan=warmed_up,
)
