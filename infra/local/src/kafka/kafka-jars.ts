import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { StartFault, startFault } from '../process/start-fault.js';

const pom = join(import.meta.dirname, '../../kafka/pom.xml');

/** Size in MB from a line of Maven such as `Downloaded from central: …/kafka-raft-4.3.1.jar (712 kB at 3 MB/s)`. */
export const downloadedMegabytes = (line: string): number | undefined => {
  const [, amount, unit] = /^(?:\[INFO\] )?Downloaded from .*\.jar \(([\d.]+) (B|kB|MB)/.exec(line) ?? [];
  if (!amount) return undefined;
  return Number(amount) / { B: 1_000_000, kB: 1_000, MB: 1 }[unit as 'B' | 'kB' | 'MB'];
};

interface MavenResult {
  code: number;
  text: string;
}

const maven = (into: string, log: (line: string) => void): Promise<MavenResult> =>
  new Promise((resolve) => {
    const args = [
      '-B',
      '-f',
      pom,
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${into}`,
    ];
    const child = spawn('mvn', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const output: string[] = [];
    let [files, megabytes, shown] = [0, 0, 0];
    const onLine = (line: string): void => {
      if (!/Download(ing|ed) from/.test(line)) output.push(line);
      const size = downloadedMegabytes(line);
      if (size === undefined) return;
      files += 1;
      megabytes += size;
      if (Date.now() - shown > 1_000) {
        shown = Date.now();
        log(`downloading Apache Kafka: ${files} jars, ${megabytes.toFixed(0)} MB`);
      }
    };
    createInterface({ input: child.stdout }).on('line', onLine);
    createInterface({ input: child.stderr }).on('line', onLine);
    child.once('error', (fault) => resolve({ code: -1, text: fault.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, text: output.join('\n') }));
  });

const mavenFault = ({ code, text }: MavenResult, folder: string): StartFault => {
  if (code === -1) {
    return new StartFault(
      'Apache Kafka is fetched with Maven, and there is no `mvn` here.',
      'Install it (Debian: apt-get install maven), or set KAFKA_BROKERS to a broker of your own.',
    );
  }
  const errors = text
    .split('\n')
    .filter((line) => line.includes('ERROR'))
    .slice(0, 6)
    .join('\n');
  if (/No space left|ENOSPC/.test(text)) return startFault('The download of Apache Kafka', errors, folder);
  return new StartFault(
    `The jars of Apache Kafka could not be fetched from Maven Central. Output of Maven:\n${errors.replace(/^/gm, '    ')}`,
    'Check the network (a proxy or mirror belongs in ~/.m2/settings.xml) and start again; files already fetched are kept.',
  );
};

/**
 * Folder with the broker's jars, resolved on first use and shared by all clones (`cache` is usually ~/.cache/baton).
 * Its name contains the hash of the pom, so a changed pom is resolved again.
 * @throws StartFault when Maven is missing or cannot fetch
 */
export const kafkaJars = async (cache: string, log: (line: string) => void): Promise<string> => {
  const hash = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12);
  const libs = join(cache, `kafka-${hash}`);
  if (existsSync(libs)) return libs;
  log('fetching the jars of Apache Kafka from Maven Central (once, about 45 MB)');
  const part = `${libs}.${process.pid}`;
  mkdirSync(part, { recursive: true });
  try {
    const resolved = await maven(part, log);
    if (resolved.code !== 0 || readdirSync(part).length === 0) throw mavenFault(resolved, part);
    // Renamed when complete; a concurrent start may have finished first.
    if (!existsSync(libs)) renameSync(part, libs);
    return libs;
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
};
