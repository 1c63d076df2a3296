import { DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { RoutingConfig } from '../routing.config.js';
import { Email } from './email.client.js';
import { SignedTokens } from './signed-tokens.js';

/** Sends a link to an address that somebody gave: notices decide on leads, so they go only where their person reads. */
@Injectable()
export class ConfirmAddress {
  constructor(
    private readonly config: RoutingConfig,
    private readonly email: Email,
    private readonly tokens: SignedTokens,
  ) {}

  get areOn(): boolean {
    return this.email.isOn && this.tokens.areOn;
  }

  /** @throws DomainError when there is no e-mail here, or the server refuses the address */
  async run(userId: string, address: string): Promise<void> {
    const token = this.tokens.sign({ for: 'address', userId, email: address }, 'email');
    if (!this.email.isOn || token === undefined)
      throw new DomainError(
        'unprocessable',
        'E-mail is not set up here: an operator sets SMTP_URL and NOTICE_SECRET.',
      );
    const url = `${this.config.publicUrl}/decide#${token}`;
    const text = `Somebody asked Baton to send notices about hand-offs to this address.\n\nConfirm it: ${url}\n\nIf it was not you, do nothing.`;
    const html = `<p>Somebody asked Baton to send notices about hand-offs to this address.</p><p><a href="${url}">Confirm it</a></p><p>If it was not you, do nothing.</p>`;
    const outcome = await this.email.send(
      address,
      { subject: 'Confirm this address for notices of Baton', text, html },
      `confirm-${userId}-${token.slice(-16)}`,
    );
    if (!outcome.ok)
      throw new DomainError('unprocessable', `The address could not be reached: ${outcome.error}`);
  }
}
