import { Clock, DomainError, Public, type ServiceSpec } from '@baton/platform';
import { Body, Controller, Headers, HttpCode, Injectable, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RoutingConfig } from '../routing.config.js';
import { DecideByLink } from './decide-by-link.js';
import { GuardedHttp } from './guarded-http.client.js';
import { NoticeSettingsStore } from './notice-settings.store.js';
import { ACCEPT_ACTION, REJECT_ACTION } from './slack-card.js';
import { isFromSlack } from './slack-signature.client.js';

const MAX_BODY_BYTES = 256 * 1024;

/** What a click on a button of a card sends. */
interface Click {
  readonly user?: { readonly id?: unknown };
  readonly response_url?: unknown;
  readonly actions?: readonly { readonly action_id?: unknown; readonly value?: unknown }[];
}

/** Slack signs the bytes of a form, so they are kept as they came. */
export const keepForms: NonNullable<ServiceSpec['fastify']> = (instance) => {
  instance.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MAX_BODY_BYTES },
    (_request, body, done) => done(null, body),
  );
};

/** Calls of the Slack app when somebody clicks a button: authenticated by Slack's signature, decided by the value, which is signed here. */
@ApiExcludeController()
@Public()
@Injectable()
@Controller('slack')
export class SlackActionsHttp {
  constructor(
    private readonly config: RoutingConfig,
    private readonly links: DecideByLink,
    private readonly settings: NoticeSettingsStore,
    private readonly http: GuardedHttp,
    private readonly clock: Clock,
  ) {}

  @Post('actions')
  @HttpCode(200)
  async click(
    @Body() body: unknown,
    @Headers('x-slack-request-timestamp') timestamp?: string,
    @Headers('x-slack-signature') signature?: string,
  ): Promise<void> {
    const { slackSigningSecret } = this.config;
    const call = { timestamp, signature, body: typeof body === 'string' ? body : '' };
    if (
      slackSigningSecret === undefined ||
      !isFromSlack(slackSigningSecret, call, this.clock.now().getTime())
    )
      throw new DomainError('unauthenticated', 'This call is not signed by the Slack app, or too old.');
    const click = clickIn(call.body);
    const answer = await this.decide(click);
    await this.answer(click, answer);
  }

  /** @returns what the person is told */
  private async decide({ user, actions = [] }: Click): Promise<string> {
    const { action_id: action, value: token } = actions[0] ?? {};
    if (typeof token !== 'string' || (action !== ACCEPT_ACTION && action !== REJECT_ACTION))
      return 'This button is not known.';
    try {
      const { signed, state, detail } = await this.links.show(token);
      if (signed.for !== 'verdict') return 'This button is not known.';
      const seller = (await this.settings.known([signed.sellerId])).get(signed.sellerId);
      if (!seller?.slackUserId || seller.slackUserId !== user?.id)
        return 'This lead is offered to somebody else.';
      if (state !== 'open') return detail;
      if (action === REJECT_ACTION) return `Say why: ${this.config.publicUrl ?? ''}/decide#${token}`;
      await this.links.decide(token, { what: 'accept' });
      return 'You accepted the lead.';
    } catch (fault) {
      if (fault instanceof DomainError) return fault.message;
      throw fault;
    }
  }

  private async answer({ response_url: url }: Click, text: string): Promise<void> {
    if (typeof url !== 'string' || !URL.canParse(url)) return;
    await this.http.post({
      url,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text }),
    });
  }
}

const clickIn = (body: string): Click => {
  try {
    const click: unknown = JSON.parse(new URLSearchParams(body).get('payload') ?? '');
    return typeof click === 'object' && click !== null ? click : {};
  } catch {
    return {};
  }
};
