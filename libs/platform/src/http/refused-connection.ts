import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { problem, type Problem } from './problem.js';
import { SECURITY_HEADERS } from './security-headers.js';

/** Node's parser refused the bytes; there is no request yet that hooks or filters could answer. */
interface ClientError extends Error {
  readonly code?: string;
}

const STATUS: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The address and the headers are larger than 16 KB.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The chunk extensions of the body are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request was not complete in time.'],
};

/** Answers bytes that are no HTTP request with a problem, and closes the connection. */
export const refuseConnection = (fault: ClientError, socket: Socket): void => {
  if (fault.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, detail] = STATUS[fault.code ?? ''] ?? [400, 'The request is not valid HTTP.'];
  const body = JSON.stringify(problem(status, detail));
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': PROBLEM_TYPE,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map((header) => header.join(': '));
  if (socket.writable)
    socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
};

/** Node answers an unknown `Expect` header itself, without a body. */
export const refuseExpectations = (server: Server): void => {
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const answer: Problem = problem(417, 'The only expectation that is known is 100-continue.');
    response.writeHead(417, { ...SECURITY_HEADERS, 'content-type': PROBLEM_TYPE, connection: 'close' });
    response.end(JSON.stringify(answer));
  });
};

const PROBLEM_TYPE = 'application/problem+json';
