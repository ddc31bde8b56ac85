"""The app: Streamlit's pages, and the files of the player at addresses of their own."""

import streamlit as st
from starlette.middleware import Middleware

from pages.ui.frame.document import documents
from pages.ui.frame.files import Compressed, player_files
from pages.ui.frame.frame import SCRIPTS
from pages.ui.warm_up import draw, greet, warmed_up

app = st.App(
    "home.py",
    routes=[player_files(), *documents(SCRIPTS, greet, draw)],
    middleware=[Middleware(Compressed)],
    lifespan=warmed_up,
)
