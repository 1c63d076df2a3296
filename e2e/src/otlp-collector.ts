import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** A span received over OTLP. */
export interface ReceivedSpan {
  readonly service: string;
  readonly traceId: string;
  readonly name: string;
}

interface OtlpTraceExport {
  resourceSpans: {
    resource: { attributes: { key: string; value: { stringValue?: string } }[] };
    scopeSpans: { spans: { traceId: string; name: string }[] }[];
  }[];
}

/** An OTLP/HTTP endpoint that stores received spans in memory. */
export const startOtlpCollector = async () => {
  const spans: ReceivedSpan[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
      if (request.url?.endsWith('/v1/traces')) store(JSON.parse(body.toString()) as OtlpTraceExport);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  const store = ({ resourceSpans }: OtlpTraceExport): void => {
    for (const { resource, scopeSpans } of resourceSpans) {
      const service =
        resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? 'unknown';
      for (const span of scopeSpans.flatMap((scope) => scope.spans)) {
        spans.push({ service, traceId: span.traceId, name: span.name });
      }
    }
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    spans,
    stop: () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()),
  };
};
