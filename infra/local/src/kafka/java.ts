import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../process/run.js';
import { StartFault } from '../process/start-fault.js';

export const MIN_JAVA = 17;

/** Major version from the output of `java -version`: `"17.0.15"` → 17, `"1.8.0_392"` → 8. */
export const majorOf = (output: string): number | undefined => {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(output) ?? [];
  return first === undefined ? undefined : Number(first === '1' ? second : first);
};

/** Advice for a machine without Java; `docker compose` needs none. */
export const javaAdvice = (docker: boolean): string =>
  docker
    ? 'Docker is installed: run `docker compose up` instead. Or install Java 17 (Debian: apt-get install openjdk-17-jre-headless).'
    : 'Install Java 17 or newer (Debian: apt-get install openjdk-17-jre-headless), or set KAFKA_BROKERS to a broker of your own.';

/** Whether Docker and its Compose plugin are installed. */
const hasDocker = async (): Promise<boolean> => (await run('docker', ['compose', 'version'])).code === 0;

/**
 * The `java` to run; JAVA_HOME takes precedence over PATH.
 * @throws StartFault without Java 17 or newer
 */
export const findJava = async (javaHome: string | undefined): Promise<string> => {
  const fromHome = javaHome ? join(javaHome, 'bin', 'java') : '';
  const java = fromHome && existsSync(fromHome) ? fromHome : 'java';
  const result = await run(java, ['-version']);
  const major = result.code === 0 ? majorOf(result.text) : undefined;
  if (major !== undefined && major >= MIN_JAVA) return java;
  throw new StartFault(
    major === undefined
      ? 'Apache Kafka needs Java 17 or newer, and none is installed.'
      : `Apache Kafka needs Java 17 or newer; \`${java}\` is Java ${major}.`,
    javaAdvice(await hasDocker()),
  );
};
