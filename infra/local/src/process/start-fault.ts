/** Something a person must put right before the local system can start: what is wrong, where, and what to do. */
export class StartFault extends Error {
  override readonly name = 'StartFault';

  constructor(what: string, todo: string, options?: ErrorOptions) {
    super(`${what}\n  → ${todo}`, options);
  }
}

const full = /No space left on device|ENOSPC|Disk quota exceeded/i;

/** A JSON log line shortened to its level and message; other lines as they are. */
const readableLine = (line: string): string => {
  try {
    const { level, msg } = JSON.parse(line) as { level?: unknown; msg?: unknown };
    return typeof msg === 'string' ? `${String(level)}: ${msg.trim().split('\n')[0]}` : line;
  } catch {
    return line;
  }
};

/** Advice for a server that cannot work with its own files. */
export const aboutDamage = ' If the data are damaged, `npm run reset` starts anew (and deletes them).';

/** The fault to show when a child did not come up: its last lines, and advice where the cause is known. */
export const startFault = (name: string, lines: string, logFile: string, advice = ''): StartFault => {
  if (full.test(lines)) {
    return new StartFault(
      `${name} could not start: the disk is full (${logFile}).`,
      'Free some space (about 1 GB is comfortable), or put the data elsewhere with --home DIR.',
    );
  }
  const readable = lines.trim().split('\n').map(readableLine).join('\n');
  const said = readable ? `It said:\n${readable.replace(/^/gm, '    ')}` : 'It said nothing.';
  return new StartFault(`${name} did not come up. ${said}`, `The whole log is in ${logFile}.${advice}`);
};
