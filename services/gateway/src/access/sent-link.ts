import { linkPurposeIn, type LinkPurpose } from '@baton/contracts';

/**
 * The link that a request of somebody without a session brings: `{ token }` of the page for links, or the form that Slack sends for a
 * button. Its signature is for routing to check.
 *
 * @returns undefined for a body without a token that can be read, which routing refuses
 */
export const sentLinkIn = (body: Buffer): LinkPurpose | undefined => {
  const text = body.toString();
  const token =
    objectIn(text)['token'] ?? clickedIn(objectIn(new URLSearchParams(text).get('payload') ?? ''));
  return typeof token === 'string' ? linkPurposeIn(token) : undefined;
};

type Fields = Readonly<Record<string, unknown>>;

/** The value of the button that was clicked. */
const clickedIn = ({ actions }: Fields): unknown => {
  const first: unknown = Array.isArray(actions) ? actions[0] : undefined;
  return typeof first === 'object' && first !== null && 'value' in first ? first.value : undefined;
};

const objectIn = (text: string): Fields => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Fields) : {};
  } catch {
    return {};
  }
};
