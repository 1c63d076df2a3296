import { BROWSER, type SimulatedRequest } from './simulated-request.js';

export interface IngestTarget {
  readonly ingestion: string;
  readonly writeKey: string;
  readonly formId: string;
}

/** The HTTP request to the ingest endpoint; `now` is the time of sending. */
export const toRequest = (
  { ingestion, writeKey, formId }: IngestTarget,
  simulated: SimulatedRequest,
  now: Date,
): Request => {
  if (simulated.to === 'form') {
    return new Request(`${ingestion}/f/${formId}`, {
      method: 'POST',
      headers: { 'user-agent': BROWSER, referer: simulated.page, accept: 'application/json' },
      body: new URLSearchParams(simulated.fields),
    });
  }
  const { message, lateBy = 0 } = simulated;
  const timestamp = new Date(now.getTime() - lateBy).toISOString();
  return new Request(`${ingestion}/v1/${message.type}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
    },
    body: JSON.stringify({ ...message, timestamp, sentAt: now.toISOString() }),
  });
};

/** Sends a request and resolves with its HTTP status; 0 without a response. */
export const sendRequest = async (request: Request): Promise<number> => {
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(10_000), redirect: 'manual' });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
};
