"""Write the pocket edition: ``python -m pages.ui.pocket dist``."""

import sys
from pathlib import Path

from streamlit.logger import set_log_level

from pages.ui.pocket.site import write_site

set_log_level("ERROR")  # it misses its server
write_site(Path(sys.argv[1] if len(sys.argv) > 1 else "dist"))
