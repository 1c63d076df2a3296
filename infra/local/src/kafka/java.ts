import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../process/run.js';
import { StartFault } from '../process/start-fault.js';

export const neededJava = 17;

/** The major version out of what `java -version` prints: `"17.0.15"` → 17, `"1.8.0_392"` → 8. */
export const majorOf = (said: string): number | undefined => {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(said) ?? [];
  return first === undefined ? undefined : Number(first === '1' ? second : first);
};

/** What to do without Java; Docker, where it is there, needs none. */
export const javaAdvice = (docker: boolean): string =>
  docker
    ? 'Docker is here: run `docker compose up` instead. Or install Java 17 (Debian: apt-get install openjdk-17-jre-headless).'
    : 'Install Java 17 or newer (Debian: apt-get install openjdk-17-jre-headless), or set KAFKA_BROKERS to a broker of your own.';

/** Docker without the Compose plugin would not help. */
const hasDocker = async (): Promise<boolean> => (await run('docker', ['compose', 'version'])).code === 0;

/** The `java` to run; JAVA_HOME goes before the path. */
export const findJava = async (javaHome: string | undefined): Promise<string> => {
  const own = javaHome ? join(javaHome, 'bin', 'java') : '';
  const java = own && existsSync(own) ? own : 'java';
  const said = await run(java, ['-version']);
  const major = said.code === 0 ? majorOf(said.text) : undefined;
  if (major !== undefined && major >= neededJava) return java;
  throw new StartFault(
    major === undefined
      ? 'Apache Kafka needs Java 17 or newer, and there is no Java here.'
      : `Apache Kafka needs Java 17 or newer; \`${java}\` is Java ${major}.`,
    javaAdvice(await hasDocker()),
  );
};
