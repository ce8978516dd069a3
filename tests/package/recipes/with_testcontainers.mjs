import assert from 'node:assert';
import { GenericContainer, Wait } from 'testcontainers';

const container = await new GenericContainer('marketing-api-simulator')
  .withExposedPorts(7470)
  .withWaitStrategy(Wait.forHttp('/_simulator/ready', 7470))
  .start();
const url = `http://${container.getHost()}:${container.getMappedPort(7470)}`;

const headers = { Authorization: `Basic ${btoa('demo:demo-secret')}` };
const answer = await fetch(`${url}/infact/v1/Account/token`, { headers });
assert.equal((await answer.json()).TokenType, 'Bearer');

await container.stop();
