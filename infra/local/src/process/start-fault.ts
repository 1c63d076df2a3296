/** Something a person must put right before the local system can start: what is wrong, where, and what to do. */
export class StartFault extends Error {
  override readonly name = 'StartFault';

  constructor(what: string, todo: string, options?: ErrorOptions) {
    super(`${what}\n  → ${todo}`, options);
  }
}

const full = /No space left on device|ENOSPC|Disk quota exceeded/i;

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
  const said = lines.trim() ? `It said:\n${lines.trimEnd().replace(/^/gm, '    ')}` : 'It said nothing.';
  return new StartFault(`${name} did not come up. ${said}`, `The whole log is in ${logFile}.${advice}`);
};
