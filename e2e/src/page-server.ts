import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A web site of another origin than ingestion: the given files by path, such as `/segment.js`, and an empty page at every other
 * path. The page `/sandboxed` has the origin `null`.
 */
export const startPageServer = async (files: Readonly<Record<string, string>>) => {
  const served = new Map(Object.entries(files));
  const server = createServer((request, response) => {
    const file = served.get(request.url ?? '');
    if (file === undefined)
      return void response
        .writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
          ...(request.url === '/sandboxed' && { 'content-security-policy': 'sandbox allow-scripts' }),
        })
        .end('<!doctype html><html lang="en"><title>Pricing</title><link rel="icon" href="data:,">');
    response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
