import { memoized } from './memo.js';

/** A field's name without its spelling: `first_name`, `First name`, `first-name` and `firstName` are all `firstname`. */
export const plainName = memoized((field) => field.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
