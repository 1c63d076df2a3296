import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail server on this machine that keeps what it gets. */
export class MailServer {
  readonly mails: { readonly to: string; readonly content: string }[] = [];
  /** The next mails are refused with this status. */
  refuseWith: number | undefined;
  private readonly server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, session, done) => {
      let content = '';
      stream.on('data', (chunk: Buffer) => (content += chunk.toString()));
      stream.on('end', () => {
        if (this.refuseWith !== undefined) {
          done(Object.assign(new Error('not now'), { responseCode: this.refuseWith }));
          return;
        }
        this.mails.push({ to: session.envelope.rcptTo[0]!.address, content: plain(content) });
        done();
      });
    },
  });

  /** @returns its URL, for `SMTP_URL` */
  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  /** The mails to an address, oldest first. */
  to(address: string): string[] {
    return this.mails.filter(({ to }) => to === address).map(({ content }) => content);
  }

  stop(): Promise<void> {
    return new Promise((done) => this.server.close(() => done()));
  }
}

/** Quoted-printable, as far as mails of specs use it. */
const plain = (content: string): string =>
  content
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
