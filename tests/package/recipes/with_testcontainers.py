from collections.abc import Iterator

import pytest
import requests
from testcontainers.core.container import DockerContainer
from testcontainers.core.wait_strategies import HttpWaitStrategy


@pytest.fixture(scope="session")
def simulator_url() -> Iterator[str]:
    ready = HttpWaitStrategy(7470, "/_simulator/ready").for_status_code(200)
    image = DockerContainer("marketing-api-simulator").with_exposed_ports(7470).waiting_for(ready)
    with image as container:
        yield f"http://{container.get_container_host_ip()}:{container.get_exposed_port(7470)}"


def test_a_token(simulator_url: str) -> None:
    url = f"{simulator_url}/infact/v1/Account/token"
    answer = requests.get(url, auth=("demo", "demo-secret"), timeout=30)
    assert answer.json()["TokenType"] == "Bearer"
