import { expect, it } from '@jest/globals';
import type { Edge } from './edge.js';

interface Sent {
  readonly name: string;
  readonly type: string;
  /** Of an address. */
  readonly body: (email: string) => Buffer;
  readonly lastName: string;
  readonly company: string;
}

const URLENCODED = 'application/x-www-form-urlencoded';
const text = (body: (email: string) => string) => (email: string) => Buffer.from(body(email), 'latin1');
const latin1 = text((email) => `email=${email}&last_name=Ren%E9&company=Caf%E9+M%FCller`);
const rene = { lastName: 'René', company: 'Café Müller' };

const parts =
  (charset: string, ...bytes: readonly string[]) =>
  (email: string): Buffer =>
    Buffer.from(
      ['email', 'last_name', 'company']
        .map(
          (name, index) =>
            `--b\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Type: text/plain; charset=${charset}\r\n\r\n${[email, ...bytes][index]}\r\n`,
        )
        .join('') + '--b--\r\n',
      'latin1',
    );

const SENT: readonly Sent[] = [
  { name: 'Latin-1, as the header says', type: `${URLENCODED}; charset=iso-8859-1`, body: latin1, ...rene },
  { name: 'Latin-1, as nothing says', type: URLENCODED, body: latin1, ...rene },
  {
    name: 'Latin-1, as a field says',
    type: URLENCODED,
    body: (email) => Buffer.concat([latin1(email), Buffer.from('&_charset_=ISO-8859-1')]),
    ...rene,
  },
  { name: 'Latin-1, whatever the header says', type: `${URLENCODED}; charset=UTF-8`, body: latin1, ...rene },
  {
    name: 'windows-1252 in parts',
    type: 'multipart/form-data; boundary=b',
    body: parts('windows-1252', 'Ren\xe9', 'Caf\xe9 M\xfcller'),
    ...rene,
  },
  {
    name: 'windows-1252 with its own characters',
    type: `${URLENCODED}; charset=windows-1252`,
    body: text((email) => `email=${email}&last_name=D%92Arcy&company=%80uro+%93Shop%94`),
    lastName: 'D’Arcy',
    company: '€uro “Shop”',
  },
  {
    name: 'windows-1251',
    type: `${URLENCODED}; charset=windows-1251`,
    body: text((email) => `email=${email}&last_name=%C8%E2%E0%ED%EE%E2&company=%C7%E0%E2%EE%E4`),
    lastName: 'Иванов',
    company: 'Завод',
  },
  {
    name: 'ISO-8859-2, as a field says',
    type: URLENCODED,
    body: text((email) => `_charset_=iso-8859-2&email=${email}&last_name=Wa%B3%EAsa&company=%A3%F3d%BC`),
    lastName: 'Wałęsa',
    company: 'Łódź',
  },
  {
    name: 'Shift_JIS, as a field says',
    type: URLENCODED,
    body: text((email) => `email=${email}&last_name=%8ER%93c&company=%83g%83%88%83%5E&_charset_=Shift_JIS`),
    lastName: '山田',
    company: 'トヨタ',
  },
  {
    name: 'GBK in parts',
    type: 'multipart/form-data; boundary=b',
    body: parts('gbk', '\xcd\xf5', '\xb9\xab\xcb\xbe'),
    lastName: '王',
    company: '公司',
  },
  {
    name: 'JSON in UTF-16 with its mark',
    type: 'application/json',
    body: (email) =>
      Buffer.from(`\ufeff${JSON.stringify({ email, last_name: 'René', company: 'Café Müller' })}`, 'utf16le'),
    ...rene,
  },
  {
    name: 'UTF-8 with an emoji',
    type: URLENCODED,
    body: text((email) => `email=${email}&last_name=%C3%98sterg%C3%A5rd&company=%F0%9F%9A%82+Trains`),
    lastName: 'Østergård',
    company: '🚂 Trains',
  },
];

export const charsetTests = (edge: Edge): void => {
  it.each(SENT)('a form in $name keeps its names', async ({ type, body, lastName, company }) => {
    const email = edge.email('rene');
    const answer = await fetch(`${edge.local.ingestion}/f/${edge.form}`, {
      method: 'POST',
      headers: { 'content-type': type, accept: 'application/json' },
      body: body(email),
    });
    expect(answer.status).toBe(200);
    expect((await edge.leadOf(email)).traits).toMatchObject({ email, lastName, company });
  });
};
