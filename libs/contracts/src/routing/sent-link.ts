import { isUuid } from '../uuid.js';

/** What a link or a button of a notice is for: one offer to one seller, or the address of one person. */
export type LinkPurpose =
  | {
      readonly for: 'verdict';
      readonly handoffId: string;
      readonly offerNumber: number;
      readonly sellerId: string;
    }
  | { readonly for: 'address'; readonly userId: string; readonly email: string };

/** The token of a link up to its signature, which follows a dot. */
export const linkBodyOf = (purpose: LinkPurpose): string =>
  Buffer.from(JSON.stringify(purpose)).toString('base64url');

/**
 * What a token says that it is for, signed or not. Routing, which signs, and the gateway, which asks whether the account of a link may still
 * use it, read tokens here: none that one of them takes is unreadable for the other.
 *
 * @returns undefined for a text that says nothing of the kind
 */
export const linkPurposeIn = (token: string): LinkPurpose | undefined => {
  try {
    const said = JSON.parse(
      Buffer.from(token.split('.', 1)[0]!, 'base64url').toString(),
    ) as LinkPurpose | null;
    const isVerdict = said?.for === 'verdict' && isUuid(said.sellerId) && isUuid(said.handoffId);
    return isVerdict || (said?.for === 'address' && isUuid(said.userId)) ? said : undefined;
  } catch {
    return undefined;
  }
};
