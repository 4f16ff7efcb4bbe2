"""``python -m dltcnn.compiled`` builds the engine where there is a C compiler."""

import sys

from .build import main

sys.exit(main())
