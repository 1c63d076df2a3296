/** One event of a text/event-stream. */
export interface StreamEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
}

/**
 * Parses text/event-stream by the HTML standard, incrementally: `feed` takes a chunk cut anywhere and returns the events it
 * completes. Comments (heartbeats) are ignored.
 */
export class EventParser {
  #rest = '';
  #id = '';
  #type = '';
  #data: string[] = [];

  feed(text: string): StreamEvent[] {
    const events: StreamEvent[] = [];
    // A CR at the end may be half of a CRLF: keep it for the next chunk.
    const whole = this.#rest + text;
    const usable = whole.endsWith('\r') ? whole.length - 1 : whole.length;
    const lines = whole.slice(0, usable).split(/\r\n|\n|\r/);
    this.#rest = (lines.pop() ?? '') + whole.slice(usable);
    for (const line of lines) {
      const event = line === '' ? this.#complete() : this.#read(line);
      if (event) events.push(event);
    }
    return events;
  }

  #read(line: string): undefined {
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#type = value;
    else if (field === 'id' && !value.includes('\0')) this.#id = value;
  }

  #complete(): StreamEvent | undefined {
    const event = { id: this.#id, type: this.#type || 'message', data: this.#data.join('\n') };
    const hasData = this.#data.length > 0;
    this.#type = '';
    this.#data = [];
    return hasData ? event : undefined;
  }
}
