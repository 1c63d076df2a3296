/** The place of an event: its number within a partition of the topic that it follows from. */
export interface LivePlace {
  readonly topic: string;
  readonly partition: number;
  readonly sequence: number;
}

/** 512 partitions with sequences of ten digits fit; Node refuses requests whose headers exceed 16 KiB. */
export const MAX_CURSOR_LENGTH = 8_192;
const FORMAT = /^[a-z]{1,32}:[0-9a-z]+(\.[0-9a-z]+)*(,[a-z]{1,32}:[0-9a-z]+(\.[0-9a-z]+)*)*$/;

/**
 * How far a client has read in every partition. As text it is the id of an event on the stream, and what the client sends
 * as `Last-Event-ID`: by topic the sequences of partitions 0, 1, 2 … in base 36, such as `handoffs:3.0.1a,leads:zz`.
 */
export class LiveCursor {
  private constructor(private readonly topics: ReadonlyMap<string, readonly number[]>) {}

  static at(places: Iterable<LivePlace>): LiveCursor {
    const topics = new Map<string, number[]>();
    for (const { topic, partition, sequence } of places) {
      const sequences = topics.get(topic) ?? [];
      while (sequences.length <= partition) sequences.push(0);
      sequences[partition] = sequence;
      topics.set(topic, sequences);
    }
    return new LiveCursor(topics);
  }

  /** Undefined for a text that is no cursor or too long. */
  static parse(text: string): LiveCursor | undefined {
    if (text.length > MAX_CURSOR_LENGTH || !FORMAT.test(text)) return undefined;
    const places = text.split(',').flatMap((part) => {
      const [topic, list] = part.split(':') as [string, string];
      return list
        .split('.')
        .map((digits, partition) => ({ topic, partition, sequence: Number.parseInt(digits, 36) }));
    });
    return places.every(({ sequence }) => Number.isSafeInteger(sequence)) ? LiveCursor.at(places) : undefined;
  }

  /** 0 for a partition it does not name. */
  sequenceOf({ topic, partition }: Omit<LivePlace, 'sequence'>): number {
    return this.topics.get(topic)?.[partition] ?? 0;
  }

  after({ topic, partition, sequence }: LivePlace): LiveCursor {
    const sequences = [...(this.topics.get(topic) ?? [])];
    while (sequences.length <= partition) sequences.push(0);
    sequences[partition] = sequence;
    return new LiveCursor(new Map(this.topics).set(topic, sequences));
  }

  /** Its places, without those at 0, by topic and partition: equal cursors give equal lists. */
  places(): LivePlace[] {
    return [...this.topics]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([topic, sequences]) =>
        sequences
          .map((sequence, partition) => ({ topic, partition, sequence }))
          .filter((place) => place.sequence > 0),
      );
  }

  toString(): string {
    return [...this.topics]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([topic, sequences]) => `${topic}:${sequences.map((sequence) => sequence.toString(36)).join('.')}`)
      .join(',');
  }
}
