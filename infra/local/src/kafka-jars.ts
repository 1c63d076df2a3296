import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { StartProblem } from './problem.js';

const ROOM = resolve(import.meta.dirname, '..', 'kafka');
const EXPECTED_JARS = 46;

const answers = (command: string, ...args: string[]): string | undefined => {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? `${stdout}${stderr}` : undefined;
};

const orDocker = (): string =>
  answers('docker', 'info') === undefined ? '' : ', or run everything in containers with: docker compose up';

/** @throws StartProblem when there is no Java 17 or newer */
export const checkJava = (): void => {
  const version = /version "(\d+)/.exec(answers('java', '-version') ?? '')?.[1];
  const missing =
    version === undefined
      ? 'Java is missing'
      : Number(version) < 17
        ? `Java ${version} is too old`
        : undefined;
  if (missing) {
    throw new StartProblem(
      `Kafka needs Java 17 or newer, and ${missing}: install it (Debian: apt-get install openjdk-17-jre-headless maven), ` +
        `or set KAFKA_BROKERS to a broker of your own${orDocker()}`,
    );
  }
};

/**
 * The folder with Kafka's jars, fetched once from Maven Central.
 * @throws StartProblem when Maven is missing or cannot fetch them
 */
export const kafkaJars = async (log: (line: string) => void): Promise<string> => {
  const jars = join(ROOM, 'jars');
  const stamp = join(jars, '.complete');
  const pom = createHash('sha256')
    .update(readFileSync(join(ROOM, 'pom.xml')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === pom) return jars;
  if (answers('mvn', '-v') === undefined) {
    throw new StartProblem(
      `Kafka's jars are not here yet and Maven, which fetches them, is missing: install it (Debian: apt-get install maven), ` +
        `or set KAFKA_BROKERS to a broker of your own${orDocker()}`,
    );
  }
  rmSync(jars, { recursive: true, force: true });
  mkdirSync(jars, { recursive: true });
  await fetchJars(jars, log);
  writeFileSync(stamp, pom);
  return jars;
};

const fetchJars = (jars: string, log: (line: string) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    log('Kafka: fetching its jars from Maven Central (44 MB, once)');
    const args = [
      '-B',
      '-ntp',
      '-f',
      join(ROOM, 'pom.xml'),
      'dependency:copy-dependencies',
      `-DoutputDirectory=${jars}`,
    ];
    const maven = spawn(
      'mvn',
      args.filter((arg) => arg !== '-ntp'),
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const said: string[] = [];
    let jarsHere = 0;
    createInterface({ input: maven.stdout }).on('line', (line) => {
      said.push(line);
      if (/Downloaded from .*\.jar /.test(line) || /Copying .*\.jar/.test(line)) jarsHere += 1;
      if (/Downloaded from .*\.jar /.test(line))
        log(`Kafka: jar ${jarsHere}, ${line.replace(/^.*\/([^/]+\.jar) \((.*)\)$/, '$1 ($2)')}`);
    });
    maven.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    maven.once('error', reject);
    maven.once('exit', (code) => {
      if (code === 0) return resolve();
      const errors = said.filter((line) => line.includes('ERROR')).slice(0, 5);
      reject(
        new StartProblem(
          `Maven could not fetch Kafka's ${EXPECTED_JARS} jars:\n${(errors.length > 0 ? errors : said.slice(-8)).join('\n')}`,
        ),
      );
    });
  });
