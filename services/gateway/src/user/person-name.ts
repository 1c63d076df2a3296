// Control and line characters, and those that are invisible or turn the direction of text; joiners are part of words in some scripts.
const UNREADABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Co}]|(?![\u200c\u200d])\p{Cf}/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Whether a name is one line of text that is seen as it is: it stands in lists, logs and decisions. */
export const isReadableName = (name: string): boolean => VISIBLE.test(name) && !UNREADABLE.test(name);
