"""The class service with the page of a student, for a server of its own that starts quickly."""

import os

from starlette.applications import Starlette
from starlette.middleware import Middleware

from classroom.live import Live
from classroom.routes import class_routes
from classroom.service import Service
from classroom.stores.chosen import chosen
from pages.ui.classroom.nicknames import nicknames
from pages.ui.classroom.phone import phone_page
from pages.ui.frame.files import Compressed, player_files

classes = Live(Service(chosen(os.environ), nicknames()))
app = Starlette(
    routes=[player_files(), phone_page(), *class_routes(classes)],
    middleware=[Middleware(Compressed)],
    lifespan=lambda app: classes.running(),
)
