"""The web server of an embedded office: `python -m config.web <port>`."""

import logging
import sys

import waitress

from config.processes import ADDRESS
from config.wsgi import application

THREADS = 8

if __name__ == "__main__":
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a queue of a few requests is no news
    waitress.serve(application, host=ADDRESS, port=int(sys.argv[1]), threads=THREADS, _quiet=True)
