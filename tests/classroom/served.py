"""The class service alone, for a server of its own."""

import os

from starlette.applications import Starlette

from classroom.live import Live
from classroom.routes import class_routes
from classroom.service import Service
from classroom.stores.chosen import chosen

classes = Live(Service(chosen(os.environ), {"en": (["Brave"], ["saddle"])}))
app = Starlette(routes=class_routes(classes), lifespan=lambda app: classes.running())
