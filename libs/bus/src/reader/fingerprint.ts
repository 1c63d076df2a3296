import type { KafkaMessage } from 'kafkajs';
import { crc32 } from 'node:zlib';

/** Recognises a message again at its offset: another log has another message there. */
export interface Fingerprint {
  /** When it was published, ms since 1970. */
  readonly timestamp: string;
  /** CRC-32 of the value, unsigned. */
  readonly hash: number;
}

export const hashOf = (value: Buffer | string | null): number => (value === null ? 0 : crc32(value));

export const fingerprintOf = ({ timestamp, value }: KafkaMessage): Fingerprint => ({
  timestamp: /^\d{1,18}$/.test(timestamp) ? timestamp : '0',
  hash: hashOf(value),
});
