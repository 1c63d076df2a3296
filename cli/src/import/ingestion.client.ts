import { setTimeout as delay } from 'node:timers/promises';
import { CliError, UsageError } from '../cli-error.js';
import type { Message } from './message.js';

export interface IngestionAddress {
  readonly url: string;
  readonly writeKey: string;
}

/** A message that ingestion refused: its index among those sent, the place in it and why, without its values. */
export interface Refusal {
  readonly index: number;
  readonly pointer: string;
  readonly detail: string;
}

const TIMEOUT_MS = 60_000;
const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 30_000;
/** Without an answer for so long the import ends; started again it goes on. */
const MAX_AWAY_MS = 10 * 60_000;
const PLACE = /^\/batch\/(\d+)(.*)$/;

interface Answer {
  readonly status: number;
  readonly rejected: number;
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[];
  readonly detail: string;
}

/** Sends batches to the Segment API of ingestion, as fast as it takes them. */
export class IngestionClient {
  constructor(
    private readonly address: IngestionAddress,
    private readonly onWait: (reason: string, ms: number) => void,
  ) {}

  /**
   * Sends messages and returns those that were refused. The answer names the first refusals only: without those the others are sent
   * again, which counts nothing twice because their ids are the same.
   * @throws CliError when ingestion does not take the key, or does not answer for ten minutes
   */
  async send(messages: readonly Message[]): Promise<Refusal[]> {
    const refusals: Refusal[] = [];
    let left = messages.map(({ body }, index) => ({ body, index }));
    while (left.length > 0) {
      const { status, rejected, errors, detail } = await this.post(left.map(({ body }) => body));
      const named = errors.flatMap(({ pointer, detail: why }) => {
        const place = PLACE.exec(pointer);
        const message = place && left[Number(place[1])];
        return message ? [{ index: message.index, pointer: place[2]!, detail: why }] : [];
      });
      if (status === 200 && rejected === 0) break;
      if (named.length === 0) throw new CliError(`Ingestion answered ${status}: ${detail}`);
      refusals.push(...named);
      if (status === 200 && rejected <= named.length) break;
      const gone = new Set(named.map(({ index }) => index));
      left = left.filter(({ index }) => !gone.has(index));
    }
    return refusals;
  }

  private async post(batch: readonly object[]): Promise<Answer> {
    const body = JSON.stringify({ batch });
    const since = Date.now();
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, MAX_WAIT_MS)) {
      const response = await this.request(body);
      const status = response?.status ?? 0;
      if (response && status !== 429 && status < 500) {
        const answer = await answerOf(response);
        if (status === 401 || status === 403 || status === 404) throw refused(answer, this.address.url);
        await this.obey(response.headers);
        return answer;
      }
      if (Date.now() - since > MAX_AWAY_MS)
        throw new CliError(
          `${this.address.url} has not taken anything for ten minutes.`,
          'Run the same command again: it goes on where it was.',
        );
      const seconds = Number(response?.headers.get('retry-after'));
      const ms = seconds > 0 ? seconds * 1_000 : wait;
      await this.wait(response ? `ingestion answered ${status}` : 'ingestion cannot be reached', ms);
    }
  }

  private async request(body: string): Promise<Response | undefined> {
    try {
      return await fetch(`${this.address.url}/v1/batch`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${this.address.writeKey}:`).toString('base64')}`,
          'content-type': 'application/json',
          // Named as a program that passes on what people did: another one would be a robot's, and its activities as well.
          'user-agent': 'node baton-import',
        },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch {
      return undefined;
    }
  }

  /** Waits for the next window when a limit is used up, so that other senders of the source are not refused. */
  private async obey(headers: Headers): Promise<void> {
    const limit = /;r=(\d+);t=(\d+)/.exec(headers.get('ratelimit') ?? '');
    if (limit && Number(limit[1]) === 0)
      await this.wait('the limit of the source is used up', Number(limit[2]) * 1_000);
  }

  private async wait(reason: string, ms: number): Promise<void> {
    this.onWait(reason, ms);
    await delay(ms);
  }
}

const answerOf = async (response: Response): Promise<Answer> => {
  const body = (await response.json().catch(() => ({}))) as Partial<Answer>;
  return {
    status: response.status,
    rejected: body.rejected ?? 0,
    errors: body.errors ?? [],
    detail: body.detail ?? response.statusText,
  };
};

const refused = ({ status, errors, detail }: Answer, url: string): CliError =>
  status === 404
    ? new UsageError(
        `${url} is no ingestion.`,
        'Pass --url the address that takes events, not that of the gateway.',
      )
    : new UsageError(
        `Ingestion answered ${status}: ${errors[0]?.detail ?? detail}`,
        'Pass --write-key a key of the source without allowed origins, for the kinds identify, track and page.',
      );
