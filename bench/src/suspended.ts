import type { LocalJson } from '@baton/testing';

/** Runs `work` while the named processes are suspended (SIGSTOP), so that only the measured side uses the cores. */
export const whileSuspended = async <T>(
  local: LocalJson,
  names: readonly string[],
  work: () => Promise<T>,
): Promise<T> => {
  const pids = names.map((name) => local.pids[name]!);
  pids.forEach((pid) => process.kill(pid, 'SIGSTOP'));
  try {
    return await work();
  } finally {
    pids.forEach((pid) => process.kill(pid, 'SIGCONT'));
  }
};
