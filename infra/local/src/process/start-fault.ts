/** A problem the user must fix before the local stack can start: what is wrong, where, and what to do. */
export class StartFault extends Error {
  override readonly name = 'StartFault';

  constructor(what: string, todo: string, options?: ErrorOptions) {
    super(`${what}\n  → ${todo}`, options);
  }
}

const DISK_FULL = /No space left on device|ENOSPC|Disk quota exceeded/i;

/** Level and message of a JSON log line; other lines unchanged. */
const readableLine = (line: string): string => {
  try {
    const { level, msg } = JSON.parse(line) as { level?: unknown; msg?: unknown };
    return typeof msg === 'string' ? `${String(level)}: ${msg.trim().split('\n')[0]}` : line;
  } catch {
    return line;
  }
};

/** Advice for a server with damaged files. */
export const DAMAGED_DATA_ADVICE = ' If the data are damaged, `npm run reset` deletes them.';

/** Fault of a child that did not come up: its last lines, with advice where the cause is known. */
export const startFault = (name: string, lines: string, logFile: string, advice = ''): StartFault => {
  if (DISK_FULL.test(lines)) {
    return new StartFault(
      `${name} could not start: the disk is full (${logFile}).`,
      'Free some space (about 1 GB is comfortable), or put the data elsewhere with --home DIR.',
    );
  }
  const readable = lines.trim().split('\n').map(readableLine).join('\n');
  const output = readable ? `Output:\n${readable.replace(/^/gm, '    ')}` : 'No output.';
  return new StartFault(`${name} did not come up. ${output}`, `The whole log is in ${logFile}.${advice}`);
};
