"""docs/webhooks.md: the receiver in it runs as it stands, and takes what the worker sends."""

import asyncio
import re
import socket
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from app.domain.events.addresses import Addresses
from app.services.events.register_webhook import RegisterWebhook
from tests.adapters.delivery.test_sender import sending
from tests.support.webhooks_world import PURPOSE, deliver
from tests.support.world import World

GUIDE = Path(__file__).parents[2] / "docs" / "webhooks.md"


async def test_the_receiver_of_the_guide_runs_as_it_stands(world: World, tmp_path: Path) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.S)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (tmp_path / "receiver.py").write_text(program.replace("9000", str(port)), "utf-8")
    # As with VERKSTED_WEBHOOK_LOOPBACK.
    register: RegisterWebhook = replace(world.do.events.register_webhook, addresses=Addresses(loopback=True))
    url = f"http://127.0.0.1:{port}/verksted"
    made = await register(world.administrator, world.organisation, url, PURPOSE)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(tmp_path / "receiver.py"),
        "whsec_YW5vdGhlciBzZWNyZXQsIHRoYXQgaXMgb3ZlciE=",
        made.secret,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(30):
            while True:
                with suppress(OSError):
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                    writer.close()
                    break
                await asyncio.sleep(0.02)
            await world.do.events.try_webhook(world.administrator, made.webhook.id)
            async with sending(loopback=True) as send:
                sent = await deliver(world.service, send)
            assert process.stdout is not None
            said = (await process.stdout.readline()).decode().split()
        assert [each.delivery.type for each in sent if each.url == url] == ["webhook.test"]
        assert said == ["webhook.test", str(made.webhook.id)]
    finally:
        process.kill()
        await process.wait()
