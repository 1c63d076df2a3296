import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { BusClient, MICRO_BATCH, MicroBatcher, Sender, type WireMessage } from '@baton/bus';
import { pino } from 'pino';

/**
 * The reference of the ingest bench: a bare node:http server with the same micro-batcher and producer as ingestion, without
 * write keys, validation, identities or traces. `node bare-ingest.js <brokers> <topic>` prints its port.
 */
const [brokers, topic] = process.argv.slice(2) as [string, string];
const sender = new Sender(
  new BusClient({ name: 'bare-ingest', brokers: [brokers], log: pino({ level: 'error' }, process.stderr) }),
);
await sender.connect();

const batcher = new MicroBatcher<WireMessage>({
  send: (messages, bytes) => sender.send(messages, { bytes }),
  ...MICRO_BATCH,
  ackTimeoutMs: 10_000,
});

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

const server = createServer((request, response) => {
  void bodyOf(request)
    .then((body) => {
      const json = JSON.parse(body) as { batch?: object[] };
      const values = json.batch ? json.batch.map((message) => JSON.stringify(message)) : [body];
      return batcher.add(values.map((value) => ({ topic, key: randomUUID(), value, headers: {} })));
    })
    .then(() => response.writeHead(200, { 'content-type': 'application/json' }).end('{"success":true}'))
    .catch(() => response.writeHead(503).end());
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as { port: number }).port));
