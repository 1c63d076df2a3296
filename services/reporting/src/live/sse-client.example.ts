import { get, type IncomingMessage } from 'node:http';

export interface SseEvent {
  readonly id?: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A client of the live stream. */
export class SseClient {
  readonly events: SseEvent[] = [];
  hasEnded = false;

  private constructor(
    private readonly response: IncomingMessage,
    reads: boolean,
  ) {
    let text = '';
    response.on('close', () => (this.hasEnded = true)).on('error', () => undefined);
    if (!reads) return;
    response.setEncoding('utf8').on('data', (chunk: string) => {
      const frames = (text + chunk).split('\n\n');
      text = frames.pop()!;
      frames.forEach((frame) => this.read(frame));
    });
  }

  /** @param reads whether it reads the response at all */
  static async open(url: string, headers: Record<string, string>, reads = true): Promise<SseClient> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(url, { headers }, resolve).on('error', reject);
    });
    if (response.statusCode !== 200 || !response.headers['content-type']?.startsWith('text/event-stream'))
      throw new Error(`no stream: ${response.statusCode} ${response.headers['content-type']}`);
    return new SseClient(response, reads);
  }

  get ids(): string[] {
    return this.events.flatMap(({ id }) => id ?? []);
  }

  /** The leads whose creation it got, in order. */
  get created(): string[] {
    return this.events
      .filter(({ data }) => data['what'] === 'created')
      .map(({ data }) => data['leadId'] as string);
  }

  /** Discards what was not read, so that the end of the connection is noticed. */
  resume(): void {
    this.response.resume();
  }

  close(): void {
    this.response.destroy();
  }

  private read(frame: string): void {
    const lines = Object.fromEntries(
      frame.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]),
    );
    if (lines['event'] === undefined) return;
    const id = lines['id'] === undefined ? {} : { id: lines['id'] };
    this.events.push({
      ...id,
      type: lines['event'],
      data: JSON.parse(lines['data'] ?? 'null') as SseEvent['data'],
    });
  }
}
