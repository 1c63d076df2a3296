import { browser, type Sending } from './simulated-request.js';

export interface DoorOptions {
  readonly ingestion: string;
  readonly writeKey: string;
  readonly formId: string;
}

/** The requests a sending makes; `now` is when it leaves. */
export const requestOf = (
  { ingestion, writeKey, formId }: DoorOptions,
  send: Sending,
  now: Date,
): Request => {
  if (send.to === 'form') {
    return new Request(`${ingestion}/f/${formId}`, {
      method: 'POST',
      headers: { 'user-agent': browser, referer: send.page, accept: 'application/json' },
      body: new URLSearchParams(send.fields),
    });
  }
  const { message, lateBy = 0 } = send;
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

/** Sends one request and gives its status; 0 when there was no answer. */
export const sent = async (request: Request): Promise<number> => {
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(10_000), redirect: 'manual' });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
};
