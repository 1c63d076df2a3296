import type { HostileRequest } from './hostile-requests.js';

const MAX_STEPS = 30;
/** A request that gets no response in time would be tried for many minutes. */
const MAX_MS = 30_000;

/** The smallest variant of a request for which `fails` still holds, by removing and halving its parts in turn. */
export const smallest = async (
  request: HostileRequest,
  fails: (request: HostileRequest) => Promise<boolean>,
): Promise<HostileRequest> => {
  const until = performance.now() + MAX_MS;
  const failsInTime = async (each: HostileRequest): Promise<boolean> =>
    performance.now() < until && (await fails(each));
  let current = request;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const smaller = await firstOf(simplerThan(current), failsInTime);
    if (!smaller) return current;
    current = smaller;
  }
  return current;
};

const firstOf = async (
  candidates: Iterable<HostileRequest>,
  fails: (request: HostileRequest) => Promise<boolean>,
): Promise<HostileRequest | undefined> => {
  for (const candidate of candidates) if (await fails(candidate)) return candidate;
  return undefined;
};

function* simplerThan(request: HostileRequest): Generator<HostileRequest> {
  const { headers, target, body } = request;
  for (const header of headers) yield { ...request, headers: headers.filter((each) => each !== header) };
  const [path = '', query] = target.split('?', 2);
  const pairs = query?.split('&') ?? [];
  for (const pair of pairs) {
    const rest = pairs.filter((each) => each !== pair).join('&');
    yield { ...request, target: rest ? `${path}?${rest}` : path };
  }
  const text = body?.toString('latin1');
  if (text === undefined) return;
  for (const part of [halved(text), ...withoutMembers(text)])
    if (part.length < text.length) yield { ...request, body: Buffer.from(part, 'latin1') };
}

/** Runs of the same one to eight characters at half their length. */
const halved = (text: string): string =>
  text.replaceAll(/(.{1,8}?)\1{7,}/gs, (run, unit: string) =>
    unit.repeat(Math.ceil(run.length / unit.length / 2)),
  );

const withoutMembers = (text: string): string[] => {
  try {
    const json = JSON.parse(text) as Record<string, unknown>;
    return Object.keys(json).map((name) =>
      JSON.stringify(Object.fromEntries(Object.entries(json).filter(([each]) => each !== name))),
    );
  } catch {
    return [];
  }
};
