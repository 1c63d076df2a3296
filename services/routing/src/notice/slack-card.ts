import { titleOf, type Linked } from './notice-text.js';

/** Block Kit allows 50 blocks. */
const MAX_CARDS = 20;

export interface SlackCard extends Linked {
  /** Signed values of the buttons; without them the card only has a link. */
  readonly values?: { readonly accept: string; readonly reject: string } | undefined;
  /** The member id of the seller in Slack. */
  readonly slackUserId?: string | null | undefined;
}

export const ACCEPT_ACTION = 'baton-accept';
export const REJECT_ACTION = 'baton-reject';

/** A message of Block Kit for an incoming webhook: a section for each notice, with buttons where its seller can decide. */
export const slackMessageOf = (cards: readonly SlackCard[]): object => {
  const rest = cards.length - MAX_CARDS;
  return {
    text: cards.length === 1 ? titleOf(cards[0]!.notice) : `${cards.length} notices of Baton`,
    blocks: [
      ...cards.slice(0, MAX_CARDS).flatMap(blocksOf),
      ...(rest > 0 ? [section(`And ${rest} more in Baton.`)] : []),
    ],
  };
};

const blocksOf = ({ notice, url, values, slackUserId }: SlackCard): object[] => {
  const who = slackUserId ? `<@${slackUserId}>` : escaped(notice.sellerName);
  const actions = values
    ? [
        button('Accept', ACCEPT_ACTION, values.accept, 'primary'),
        button('Reject…', REJECT_ACTION, values.reject),
      ]
    : [];
  return [
    section(`${who}: ${escaped(titleOf(notice))}. <${url}|Open it in Baton>`),
    ...(actions.length > 0 ? [{ type: 'actions', elements: actions }] : []),
  ];
};

const section = (text: string): object => ({ type: 'section', text: { type: 'mrkdwn', text } });

const button = (text: string, id: string, value: string, style?: string): object => ({
  type: 'button',
  text: { type: 'plain_text', text },
  action_id: id,
  value,
  ...(style && { style }),
});

/** Slack's mark-up has three characters to escape. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
