"""The two players: pywb over HTTP, and replayweb.page in Chromium, which browser.mjs drives."""

import base64
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from judge import Replayed, of_bytes

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
# Far more than any page takes; what hangs must end.
PATIENCE = 60


def pywb(folder, packages, pages):
    """Yields what pywb serves of each page; `folder` is empty and stays."""
    for number, path in enumerate(packages):
        for arguments in (["init", f"c{number}"], ["add", "--unpack-wacz", f"c{number}", str(path)]):
            subprocess.run([BIN / "wb-manager", *arguments], cwd=folder, check=True, capture_output=True)
    port = free_port()
    command = [BIN / "wayback", "-b", "127.0.0.1", "-p", str(port), "-t", "4"]
    with open(Path(folder, "wayback.log"), "wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        root = f"http://127.0.0.1:{port}"
        await_server(root, server)
        for page in pages:
            yield page, fetch(f"{root}/c{page.wacz}/{page.instant}mp_/{page.url}", page)
    finally:
        server.terminate()
        server.wait(PATIENCE)


def fetch(url, page):
    """What the server says of one page. A redirect would be to another capture than the one asked for."""
    try:
        with urllib.request.build_opener(NoRedirect).open(ascii_url(url), timeout=PATIENCE) as answer:
            body, charset = answer.read(), answer.headers.get_content_charset()
    except (urllib.error.URLError, OSError) as error:
        return Replayed(error=f"pywb: {error}")
    return of_bytes(body, page.media_type, charset)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def ascii_url(url):
    return "".join(c if c.isascii() else "".join(f"%{byte:02X}" for byte in c.encode()) for c in url)


def is_html(page):
    """Whether a browser shows it as a document of its own; PDF and feeds it hands to a viewer that nobody can read."""
    return page.media_type in ("", "text/html", "application/xhtml+xml")


def await_server(root, server):
    for _ in range(PATIENCE * 5):
        if server.poll() is not None:
            raise SystemExit(f"pywb ended with {server.returncode}: see wayback.log")
        try:
            urllib.request.urlopen(root, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("pywb does not answer")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def replayweb(folder, modules, packages, pages):
    """Yields what replayweb.page shows of each page; `modules` has its files and playwright-core."""
    task = {
        "packages": [str(path) for path in packages],
        "modules": str(modules),
        "chromium": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "screenshots": str(folder),
        "pages": [{"wacz": p.wacz, "url": p.url, "instant": p.instant, "html": is_html(p)} for p in pages],
    }
    command = ["node", str(HERE / "browser.mjs")]
    done = subprocess.run(command, input=json.dumps(task), stdout=subprocess.PIPE, text=True, check=False)
    lines = done.stdout.splitlines()
    for page, line in zip(pages, lines):
        said = json.loads(line)
        if "bytes" in said:
            yield page, of_bytes(base64.b64decode(said["bytes"]), page.media_type, None)
        else:
            yield page, Replayed(said["text"], tuple(said["others"]), said["error"])
    for page in pages[len(lines) :]:
        yield page, Replayed(error=f"browser.mjs ended early with {done.returncode}")
