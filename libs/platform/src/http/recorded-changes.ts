import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** Response header in which a service tells the gateway, for the audit log, what a request changed. It reaches no client. */
export const CHANGES_HEADER = 'baton-changes';
/** Of the header, which has to fit into those of one response (16 KB). */
export const MAX_CHANGES_LENGTH = 8_000;
const MAX_FIELDS = 40;
/** Of one value, of which there are two for each field. */
const MAX_VALUE_LENGTH = 600;

/** By field, the value before (null for something new) and after. */
export type Changes = Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>;

/**
 * The fields that differ. Only those named are told: none may hold a secret, or personal data other than ids and names of users.
 *
 * @param before undefined for something new
 */
export const changedFields = <Thing extends object>(
  before: Thing | undefined,
  after: Thing,
  fields: readonly (keyof Thing & string)[],
): Changes =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const [from, to] = [before?.[field] ?? null, after[field] ?? null];
      return JSON.stringify(from) === JSON.stringify(to) ? [] : [[field, { from, to }]];
    }),
  );

/** Tells the audit log what a request changed. Of what is too long, values are left out first, then fields. */
export const recordChanges = (reply: FastifyReply, changes: Changes): void => {
  const entries = Object.entries(changes);
  if (entries.length === 0) return;
  const text = asciiOf(Object.fromEntries(entries.map(([field, change]) => [field, shortened(change)])));
  void reply.header(CHANGES_HEADER, text.length <= MAX_CHANGES_LENGTH ? text : asciiOf(namesOf(entries)));
};

export type RecordChanges = (changes: Changes) => void;

/** A parameter of a controller with which it tells the audit log what it changed. */
export const RecordsChanges = createParamDecorator(
  (_: unknown, context: ExecutionContext): RecordChanges =>
    (changes) =>
      recordChanges(context.switchToHttp().getResponse<FastifyReply>(), changes),
);

const shortened = ({ from, to }: Changes[string]): Changes[string] => ({ from: short(from), to: short(to) });

const short = (value: unknown): unknown => {
  const { length } = asciiOf(value ?? null);
  return length <= MAX_VALUE_LENGTH ? value : `… (${length} characters)`;
};

/** The fields alone; many are the places of one document that was written anew. */
const namesOf = (entries: readonly (readonly [string, unknown])[]): Changes => {
  const names = entries.slice(0, MAX_FIELDS).map(([field]) => field.slice(0, 20));
  const rest = entries.length - names.length;
  return { fields: { from: null, to: [...names, ...(rest > 0 ? [`… ${rest} more`] : [])] } };
};

/** JSON in which a header can hold every character. */
const asciiOf = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
