/** What a link or a button of a notice is for, as it says itself. */
export interface SentLink {
  readonly userId: string;
  readonly handoffId: string | undefined;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Whose link a request of somebody without a session brings: `{ token }` of the page for links, or the form that Slack sends for a
 * button. Routing signs the tokens and checks that; here they only say whose account must still be there.
 *
 * @returns undefined for a body without a token that can be read, which routing refuses
 */
export const sentLinkIn = (body: Buffer): SentLink | undefined => {
  const text = body.toString();
  const token = tokenIn(objectIn(text)) ?? valueIn(objectIn(new URLSearchParams(text).get('payload') ?? ''));
  if (token === undefined) return undefined;
  const {
    sellerId,
    userId = sellerId,
    handoffId,
  } = objectIn(Buffer.from(token.split('.', 1)[0]!, 'base64url').toString());
  if (!isUuid(userId)) return undefined;
  return { userId, handoffId: isUuid(handoffId) ? handoffId : undefined };
};

type Fields = Readonly<Record<string, unknown>>;

const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

const tokenIn = ({ token }: Fields): string | undefined => (typeof token === 'string' ? token : undefined);

/** Of the button that was clicked. */
const valueIn = ({ actions }: Fields): string | undefined => {
  const first: unknown = Array.isArray(actions) ? actions[0] : undefined;
  const value = typeof first === 'object' && first !== null && 'value' in first ? first.value : undefined;
  return typeof value === 'string' ? value : undefined;
};

const objectIn = (text: string): Fields => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Fields) : {};
  } catch {
    return {};
  }
};
