import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../process/run.js';
import { startFault } from '../process/start-fault.js';
import type { KafkaSecurity } from './kafka-config.js';

/** What a client needs for SASL over TLS. */
export interface KafkaCredentials {
  /** PEM of the self-signed certificate, to be trusted by clients. */
  readonly ca: string;
  readonly username: string;
  readonly password: string;
}

const USERNAME = 'baton';
const ALIAS = 'broker';

const keytoolOf = (java: string): string => (java.includes('/') ? join(dirname(java), 'keytool') : 'keytool');

const keytool = async (java: string, args: readonly string[]): Promise<string> => {
  const result = await run(keytoolOf(java), args);
  if (result.code !== 0) throw startFault('keytool', result.text, keytoolOf(java));
  return result.text;
};

/**
 * Self-signed certificate for 127.0.0.1 and localhost with the JDK's keytool, and one user; kept in `dir`.
 * @throws StartFault when keytool fails
 */
export const kafkaSecurity = async (
  java: string,
  dir: string,
): Promise<{ security: KafkaSecurity; credentials: KafkaCredentials }> => {
  const keystore = join(dir, 'broker.p12');
  const passwordFile = join(dir, 'credentials');
  if (!existsSync(passwordFile))
    writeFileSync(passwordFile, randomBytes(18).toString('hex'), { mode: 0o600 });
  const password = readFileSync(passwordFile, 'utf8');
  const store = ['-keystore', keystore, '-storetype', 'PKCS12', '-storepass', password, '-alias', ALIAS];
  if (!existsSync(keystore)) {
    const key = ['-keyalg', 'RSA', '-keysize', '2048', '-validity', '3650', '-dname', 'CN=localhost'];
    await keytool(java, ['-genkeypair', ...store, ...key, '-ext', 'SAN=IP:127.0.0.1,DNS:localhost']);
  }
  const ca = await keytool(java, ['-exportcert', '-rfc', ...store]);
  return {
    security: { keystore, keystorePassword: password, username: USERNAME, password },
    credentials: { ca, username: USERNAME, password },
  };
};
