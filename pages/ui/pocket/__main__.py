"""Write the pocket edition: ``python -m pages.ui.pocket dist``."""

import logging
import sys
from pathlib import Path

from pages.ui.pocket.site import write_site

logging.getLogger("streamlit").setLevel(logging.ERROR)  # it misses its server
write_site(Path(sys.argv[1] if len(sys.argv) > 1 else "dist"))
