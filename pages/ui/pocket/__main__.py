"""Write the pocket edition: ``python -m pages.ui.pocket dist``."""

import logging
import sys
from pathlib import Path

from pages.ui.pocket.site import write_site

# Streamlit, which keeps what is computed, misses its server, and says so a dozen times.
logging.getLogger("streamlit.runtime.caching.cache_data_api").disabled = True
write_site(Path(sys.argv[1] if len(sys.argv) > 1 else "dist"))
