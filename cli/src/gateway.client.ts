import { CliError } from './cli-error.js';
import type { Connection } from './connection.config.js';

const TIMEOUT_MS = 15_000;

export interface PartitionPosition {
  readonly topic: string;
  readonly partition: number;
  /** Offset of the next record. */
  readonly next: string;
  /** End of the partition; null when the broker does not respond. */
  readonly end: string | null;
  /** Offset of the next record of a running rebuild. */
  readonly rebuilt: string | null;
}

export interface ReaderResponse {
  readonly service: string;
  /** Name within its service. */
  readonly reader: string;
  readonly version: number;
  readonly phase: 'joining' | 'reading' | 'blocked' | 'stopped';
  readonly reason: string | null;
  /** Records not yet read in the partitions of the process that answered. */
  readonly lag: number;
  /** Dead letters that are neither put back nor waived. */
  readonly deadLetters: number;
  readonly canRebuild: boolean;
  readonly rebuild: 'requested' | 'running' | null;
  readonly positions: readonly PartitionPosition[];
}

export interface ReadersResponse {
  readonly items: readonly ReaderResponse[];
  /** Services that did not respond. */
  readonly unavailable?: readonly string[];
}

export interface DeadLetterResponse {
  /** Prefixed by the service: `scoring-17`. */
  readonly id: string;
  readonly service: string;
  readonly reader: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly type: string | null;
  readonly reason: string;
  readonly at: string;
  readonly state: string;
  readonly tries: number;
  /** Bytes of the value. */
  readonly size: number;
  /** Only of a single dead letter; base64, as key, value and headers need not be text. */
  readonly key?: string | null;
  readonly value?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface DeadLetterPage {
  readonly items: readonly DeadLetterResponse[];
  /** Cursor of the next page; null on the last. */
  readonly next: string | null;
}

/** Some leads compared with their facts. */
export interface RecountStep {
  readonly leads: number;
  /** Rows that differ. */
  readonly people: number;
  readonly paths: number;
  /** The last lead; null at the end. */
  readonly next: string | null;
}

/** One pair of definitions in a backtest. */
export interface BacktestSide {
  readonly handoffs: number;
  readonly ready: number;
  readonly judged: number;
  readonly acceptedPer100: number | null;
  readonly wonPer100: number | null;
  readonly perSellerAndDay: number;
}

/** Hand-offs of a cohort, and what sales really made of these leads. */
export interface CohortHandoffs {
  readonly handoffs: number;
  readonly judged: number;
  readonly accepted: number;
}

/** Leads of a month, a channel or a campaign: as it was, and under both pairs of definitions. */
export interface BacktestCohort {
  readonly key: string;
  readonly leads: number;
  readonly real: CohortHandoffs;
  readonly active: CohortHandoffs;
  readonly draft: CohortHandoffs;
}

export interface BacktestAnswer {
  readonly id: string;
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly leadsDone: number;
  readonly leadsTotal: number;
  readonly fault: string | null;
  readonly result: {
    readonly leads: number;
    readonly activities: number;
    readonly days: number;
    readonly sellers: number;
    readonly draft: BacktestSide;
    readonly active: BacktestSide;
    readonly becomes: { readonly count: number };
    readonly stops: { readonly count: number };
    /** Absent when scoring is older. */
    readonly cohorts?: {
      readonly timeZone: string;
      readonly months: readonly BacktestCohort[];
      readonly channels: readonly BacktestCohort[];
      readonly campaigns: readonly BacktestCohort[];
    };
  } | null;
}

interface ProblemDocument {
  readonly title?: string;
  readonly detail?: string;
}

/** The operator API of the gateway. Every method throws CliError for a refusal or a missing response. */
export class GatewayClient {
  constructor(private readonly connection: Connection) {}

  readers(): Promise<ReadersResponse> {
    return this.request('GET', '/api/readers');
  }

  /** @param name `service/reader` */
  rewind(name: string, topic?: string): Promise<unknown> {
    return this.request('POST', `/api/readers/${name}/rewind`, {
      to: 'start',
      ...(topic === undefined ? {} : { topic }),
    });
  }

  /**
   * @param name `service/reader`
   * @param incomplete also when the topics no longer hold the first messages
   */
  rebuild(name: string, incomplete = false): Promise<unknown> {
    return this.request('POST', `/api/readers/${name}/rebuild`, incomplete ? { incomplete } : {});
  }

  /** A page of dead letters, newest first. */
  deadLetters(query: Readonly<Record<string, string>>): Promise<DeadLetterPage> {
    return this.request('GET', `/api/dead-letters?${new URLSearchParams(query).toString()}`);
  }

  deadLetter(id: string): Promise<DeadLetterResponse> {
    return this.request('GET', `/api/dead-letters/${encodeURIComponent(id)}`);
  }

  async resolve(id: string, action: 'put-back' | 'waive'): Promise<void> {
    await this.request('POST', `/api/dead-letters/${encodeURIComponent(id)}/${action}`, {});
  }

  /** Compares the next leads after one, and with `mend` derives again what differs. */
  recount(after: string | null, mend: boolean): Promise<RecountStep> {
    return this.request('POST', '/api/reports/recount', { ...(after !== null && { after }), mend });
  }

  startBacktest(request: object): Promise<BacktestAnswer> {
    return this.request('POST', '/api/backtests', request);
  }

  backtest(id: string): Promise<BacktestAnswer> {
    return this.request('GET', `/api/backtests/${encodeURIComponent(id)}`);
  }

  private async request<T>(method: string, path: string, body?: object): Promise<T> {
    const { url, token } = this.connection;
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((fault: unknown) => {
      const reason =
        fault instanceof Error ? ((fault.cause as Error | undefined)?.message ?? fault.message) : '';
      throw new CliError(`${url} did not respond: ${reason}`, 'Check that the gateway runs, and the --url.');
    });
    const text = await response.text();
    if (!response.ok) throw refusalOf(response.status, path, text);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}

const refusalOf = (status: number, path: string, text: string): CliError => {
  if (status === 401)
    return new CliError('The gateway did not accept the token.', 'Pass --token with a valid admin token.');
  if (status === 403) return new CliError('The token is not allowed to do this.', 'Use a token of an admin.');
  let problem: ProblemDocument = {};
  try {
    problem = JSON.parse(text) as ProblemDocument;
  } catch {
    // Not a problem document, for example the page of a proxy: the status says enough.
  }
  return new CliError(`${problem.detail ?? problem.title ?? `${path} was refused`} (${status})`);
};
