import { describe, expect, it } from '@jest/globals';
import { majorOf, javaAdvice } from '../kafka/java.js';
import { downloadedMegabytes } from '../kafka/kafka-jars.js';
import { MIN_FREE_BYTES, diskSpaceFault } from './disk-space.js';
import { startFault } from './start-fault.js';

describe('a start fault', () => {
  it('contains the output of the program, JSON log lines by their message', () => {
    const lines = [
      'plain text',
      JSON.stringify({ level: 'fatal', msg: 'DATABASE_URL is not set\nand more', stack: 'long' }),
    ];
    expect(startFault('scoring', lines.join('\n'), '/logs/scoring.log').message).toBe(
      [
        'scoring did not come up. Output:',
        '    plain text',
        '    fatal: DATABASE_URL is not set',
        '  → The whole log is in /logs/scoring.log.',
      ].join('\n'),
    );
  });

  it('states that there was no output', () => {
    expect(startFault('scoring', '', 'x').message).toContain('No output.');
  });

  it.each(['java.io.IOException: No space left on device', 'FATAL:  ENOSPC', 'Disk quota exceeded'])(
    'recognises a full disk by "%s"',
    (line) => {
      expect(startFault('Apache Kafka', line, 'x').message).toMatch(/the disk is full[^]*--home DIR/);
    },
  );
});

describe('disk space', () => {
  it('is checked against the minimum', () => {
    expect(diskSpaceFault(MIN_FREE_BYTES, '/data')).toBeUndefined();
    expect(diskSpaceFault(12_345_678, '/data')?.message).toMatch(
      /disk is full: 12 MB are left for \/data[^]*--home DIR/,
    );
  });
});

describe('Java', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['openjdk version "25" 2025-09-16', 25],
    ['java version "1.8.0_392"', 8],
    ['openjdk version "21-ea" 2023-09-19', 21],
    ['command not found', undefined],
  ])('of %j has the major version %s', (said, major) => {
    expect(majorOf(said)).toBe(major);
  });

  it('is replaced by Docker in the advice where Compose is installed', () => {
    expect(javaAdvice(true)).toContain('docker compose up');
    expect(javaAdvice(false)).not.toContain('docker');
    expect(javaAdvice(false)).toContain('KAFKA_BROKERS');
  });
});

describe('download progress', () => {
  it.each([
    ['Downloaded from central: https://repo/kafka-raft-4.3.1.jar (712 kB at 3.1 MB/s)', 0.712],
    ['[INFO] Downloaded from central: https://repo/zstd-jni.jar (6.8 MB at 9 MB/s)', 6.8],
    ['[INFO] Downloaded from central: https://repo/parent.pom (3.9 kB at 12 kB/s)', undefined],
    ['[INFO] Downloading from central: https://repo/kafka-raft-4.3.1.jar', undefined],
  ])('counts %j as %s MB', (line, megabytes) => {
    expect(downloadedMegabytes(line)).toBe(megabytes);
  });
});
