import { Injectable } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { RoutingConfig } from '../routing.config.js';
import type { Outcome } from './delivery.js';
import type { Mail } from './notice-text.js';

const TIMEOUT_MS = 10_000;

/** Sends e-mail by SMTP; off unless `SMTP_URL` is set. */
@Injectable()
export class Email {
  private readonly transport: Transporter | undefined;
  private readonly from: string | undefined;

  constructor({ smtpUrl, smtpFrom }: RoutingConfig) {
    this.from = smtpFrom;
    this.transport =
      smtpUrl === undefined
        ? undefined
        : createTransport({
            url: smtpUrl,
            connectionTimeout: TIMEOUT_MS,
            greetingTimeout: TIMEOUT_MS,
            socketTimeout: TIMEOUT_MS,
          });
  }

  get isOn(): boolean {
    return this.transport !== undefined;
  }

  /** `id` makes the Message-ID, by which a mail sent twice after a crash is recognised. */
  async send(to: string, { subject, text, html }: Mail, id: string): Promise<Outcome> {
    if (!this.transport) return { ok: false, error: 'e-mail is off: SMTP_URL is not set', final: true };
    try {
      const domain = /@([^>\s]+)/.exec(this.from ?? '')?.[1] ?? 'baton.invalid';
      await this.transport.sendMail({
        from: this.from,
        to: { name: '', address: to },
        subject,
        text,
        html,
        messageId: `<${id}@${domain}>`,
        headers: { 'auto-submitted': 'auto-generated' },
      });
      return { ok: true };
    } catch (fault) {
      const { responseCode, message } = fault as Error & { readonly responseCode?: number };
      const isFinal = responseCode !== undefined && responseCode >= 500;
      return {
        ok: false,
        error: message,
        ...(responseCode && { status: responseCode }),
        ...(isFinal && { final: true }),
      };
    }
  }
}
