import { connect } from 'node:net';

/** A request as bytes: clients such as fetch refuse or normalise most of what is hostile. */
export interface RawRequest {
  /** Origin of the server. */
  readonly base: string;
  readonly method: string;
  /** Path and query, sent unchanged. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: Buffer | undefined;
}

export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** The gateway answers within 30 seconds, whatever a service does. */
const MAX_WAIT_MS = 35_000;

/** Sends a request on a connection of its own. Of a stream only the head is read. @throws Error without a response in time */
export const send = async (request: RawRequest): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(request.base);
    const chunks: Buffer[] = [];
    const socket = connect({ host: hostname, port: Number(port) });
    const deadline = setTimeout(() => finish(new Error(`no response within ${MAX_WAIT_MS} ms`)), MAX_WAIT_MS);
    const finish = (fault?: Error): void => {
      clearTimeout(deadline);
      socket.destroy();
      const answer = parse(Buffer.concat(chunks));
      if (answer) resolve(answer);
      else reject(fault ?? new Error('the connection was closed without a response'));
    };
    socket.on('error', finish);
    socket.on('end', () => finish());
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      if (/^content-type: text\/event-stream/im.test(chunk.toString('latin1'))) finish();
    });
    socket.write(bytesOf(request));
  });

const bytesOf = ({ base, method, target, headers, body }: RawRequest): Buffer => {
  const length: [string, string][] =
    body || method !== 'GET' ? [['content-length', String(body?.length ?? 0)]] : [];
  const lines = [['host', new URL(base).host], ['connection', 'close'], ...length, ...headers].map(
    ([name, value]) => `${name}: ${value}`,
  );
  const head = `${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body ?? Buffer.alloc(0)]);
};

const parse = (bytes: Buffer): RawAnswer | undefined => {
  const text = bytes.toString('utf8');
  const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(text) ?? [];
  const end = text.indexOf('\r\n\r\n');
  if (!status || end < 0) return undefined;
  const head = text.slice(0, end);
  const rest = text.slice(end + 4);
  if (status === '100') return parse(Buffer.from(rest));
  const contentType = /^content-type: *(.*)$/im.exec(head)?.[1]?.trim() ?? '';
  const body = /^transfer-encoding: *chunked/im.test(head)
    ? rest.replaceAll(/(^|\r\n)[0-9a-f]+\r\n/gi, '')
    : rest;
  return { status: Number(status), contentType, body };
};
