"""A bad line on the loopback: ``python -m tools.slow_line LISTEN TARGET [--rate 400] [--delay 400] [--cut 2]``.

Passes connections on to a local port, at so many kbit/s each way, with so many milliseconds for a message to go and
come back; cuts that share of the exchanges in the middle. The draw is fixed: two runs meet the same cuts.
"""

import argparse
import asyncio
import contextlib
import random
from dataclasses import dataclass, field

PIECE = 4096
MOST_PIECES = 24  # a batch of fifty operations and its answer


@dataclass
class Talk:
    """One connection: whether the far end has spoken last, and how many pieces pass before the cut (None: no cut)."""

    answered: bool = True
    left: int | None = None


@dataclass
class Line:
    """What the line does to what passes. ``rate`` in bytes a second (0: no limit), ``delay`` in seconds each way.

    ``cut`` is the share of exchanges, a question and its answer, that end in the middle: before the question has gone,
    or once it has been answered.
    """

    target: int
    rate: float = 0
    delay: float = 0
    cut: float = 0
    dice: random.Random = field(default_factory=lambda: random.Random(4))
    cuts: int = 0
    carried: int = 0
    _free: dict[str, float] = field(default_factory=dict)

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, both ways, until one side ends it or the line cuts it."""
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.close()
            return
        talk = Talk()
        ways = [
            asyncio.create_task(self._way(talk, reader, far_writer, "up")),
            asyncio.create_task(self._way(talk, far_reader, writer, "down")),
        ]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        for end in (writer, far_writer):
            end.close()

    def _cuts(self, talk: Talk, name: str) -> bool:
        """Whether this piece meets the cut of its exchange, which begins when the near end speaks after the far one."""
        if name == "up" and talk.answered:
            talk.left = self.dice.randint(0, MOST_PIECES) if self.dice.random() < self.cut else None
        talk.answered = name == "down"
        if talk.left is None:
            return False
        talk.left -= 1
        return talk.answered or talk.left < 0

    async def _way(self, talk: Talk, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, name: str) -> None:
        """One direction: each piece leaves when the line is free, and arrives after the delay."""
        sending: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(64)
        arriving = asyncio.create_task(self._arrive(sending, writer))
        try:
            with contextlib.suppress(ConnectionError):
                while piece := await reader.read(PIECE):
                    if self._cuts(talk, name):
                        self.cuts += 1
                        return
                    await sending.put((await self._wait_for_room(name, len(piece)), piece))
            await sending.put((0, b""))
            await arriving
        finally:
            arriving.cancel()

    async def _wait_for_room(self, name: str, size: int) -> float:
        """Hold the line as long as these bytes need; the instant at which they arrive."""
        clock = asyncio.get_running_loop().time
        begin = max(clock(), self._free.get(name, 0))
        self._free[name] = begin + (size / self.rate if self.rate else 0)
        self.carried += size
        await asyncio.sleep(max(0, self._free[name] - clock()))
        return clock() + self.delay

    async def _arrive(self, sending: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
        clock = asyncio.get_running_loop().time
        with contextlib.suppress(ConnectionError):
            while True:
                at, piece = await sending.get()
                if not piece:
                    return
                await asyncio.sleep(max(0, at - clock()))
                writer.write(piece)
                await writer.drain()

    async def listen(self, port: int) -> asyncio.Server:
        """Open the near end."""
        return await asyncio.start_server(self.carry, "127.0.0.1", port)


def spoil(line: Line, *, rate: float, delay: float, cut: float) -> None:
    """``rate`` in kbit/s, ``delay`` in milliseconds there and back, ``cut`` in per cent of the exchanges."""
    line.rate, line.delay, line.cut = rate * 1000 / 8, delay / 2000, cut / 100


async def _serve(line: Line, port: int) -> None:
    async with await line.listen(port) as server:
        await server.serve_forever()


def main() -> None:
    """Until interrupted."""
    parser = argparse.ArgumentParser()
    parser.add_argument("listen", type=int)
    parser.add_argument("target", type=int)
    parser.add_argument("--rate", type=float, default=400)
    parser.add_argument("--delay", type=float, default=400)
    parser.add_argument("--cut", type=float, default=2)
    asked = parser.parse_args()
    line = Line(asked.target)
    spoil(line, rate=asked.rate, delay=asked.delay, cut=asked.cut)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(line, asked.listen))


if __name__ == "__main__":
    main()
