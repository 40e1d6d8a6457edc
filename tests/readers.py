"""A reader without a browser: asks the server as a browser would, reads what comes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol


@dataclass
class View:
    """What the server sent of a page: its title, its HTML, its choices, its exhibits."""

    title: str = ""
    html: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    exhibits: int = 0
    problems: list[str] = field(default_factory=list)


class Reader:
    """One session with the server."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def view(self, page: str, **choices: str) -> View:
        """Ask for a page by its address, with choices; return what came."""
        ask = BackMsg()
        ask.rerun_script.query_string = urlencode(choices)
        ask.rerun_script.page_name = page
        self.socket.send(ask.SerializeToString())
        view = View()
        while _taken(view, self.socket.recv(timeout=60)):
            pass
        return view


@contextmanager
def reader(address: str) -> Iterator[Reader]:
    """Begin a session."""
    stream = address.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(stream, subprotocols=[Subprotocol("streamlit")], max_size=None) as socket:
        yield Reader(socket)


def _taken(view: View, message: str | bytes) -> bool:
    """Take a message into the view; return whether more is to come."""
    answer = ForwardMsg()
    answer.ParseFromString(message if isinstance(message, bytes) else message.encode())
    match answer.WhichOneof("type"):
        case "script_finished":
            return False
        case "page_not_found":
            view.problems.append(f"page not found: {answer.page_not_found.page_name}")
        case "delta":
            _add(view, answer)
    return True


def _add(view: View, answer: ForwardMsg) -> None:
    element = answer.delta.new_element
    match element.WhichOneof("type"):
        case "heading" if element.heading.tag == "h1":
            view.title = element.heading.body
        case "html":
            view.html.append(element.html.body)
        case "selectbox":
            view.choices.append(element.selectbox.label)
        case "page_link":
            view.links.append(element.page_link.label)
        case "bidi_component":
            view.exhibits += 1
        case "exception":
            view.problems.append(element.exception.message)
