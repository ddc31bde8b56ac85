"""The app: Streamlit's pages, and the files of the player at addresses of their own."""

import streamlit as st

from pages.ui.frame.files import player_files

app = st.App("home.py", routes=[player_files()])
