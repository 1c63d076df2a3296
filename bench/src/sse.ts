/** One server-sent event. */
export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
  readonly id?: string;
}

/** Reads a stream of server-sent events until `signal` is aborted. */
export const listen = async (
  url: string,
  headers: Record<string, string>,
  onEvent: (event: ServerSentEvent) => void,
  signal: AbortSignal,
): Promise<void> => {
  const response = await fetch(url, { headers: { accept: 'text/event-stream', ...headers }, signal });
  if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}`);
  let buffered = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (buffered + chunk).split(/\r?\n\r?\n/);
    buffered = blocks.pop()!;
    for (const block of blocks) {
      const fields = Object.fromEntries(
        block
          .split(/\r?\n/)
          .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()]),
      ) as Record<string, string>;
      if (fields['data'] !== undefined) {
        onEvent({
          event: fields['event'] ?? 'message',
          data: fields['data'],
          ...(fields['id'] ? { id: fields['id'] } : {}),
        });
      }
    }
  }
};
