import type { ReceivedEntry, ReceivedRequest } from '../api/shapes.js';
import { programText } from '../ui/program-text.js';

export interface RequestStatus {
  readonly text: string;
  readonly tone: 'good' | 'warn' | 'bad';
}

/** How a request ended, in words. */
export const statusOf = ({
  status,
  refused,
  flagged,
  entries,
}: Pick<ReceivedRequest, 'status' | 'refused' | 'flagged' | 'entries'>): RequestStatus => {
  if (status === 429) return { text: 'Refused: too many at once', tone: 'bad' };
  if (status >= 500) return { text: 'Failed here; its sender tries again', tone: 'bad' };
  if (status === 413) return { text: 'Refused: too large', tone: 'bad' };
  if (status >= 400) return { text: 'Refused', tone: 'bad' };
  if (refused > 0) return { text: 'Accepted in part', tone: 'warn' };
  if (flagged > 0) return { text: 'Accepted as a robot’s', tone: 'warn' };
  return entries.some(({ notes = [] }) => notes.length > 0)
    ? { text: 'Accepted with a remark', tone: 'warn' }
    : { text: 'Accepted', tone: 'good' };
};

const KINDS: Readonly<Record<string, string>> = {
  t: 'Event',
  track: 'Event',
  i: 'Identify',
  identify: 'Identify',
  p: 'Page view',
  page: 'Page view',
  s: 'Screen view',
  screen: 'Screen view',
  g: 'Group',
  group: 'Group',
  a: 'Alias',
  alias: 'Alias',
  b: 'Batch',
  batch: 'Batch',
  import: 'Batch',
};

/** The form in an endpoint `/f/{formId}`. */
export const formIdIn = (endpoint: string): string | undefined => /^\/f\/([^/]+)$/.exec(endpoint)?.[1];

/** What an endpoint takes, in words: `Form ask-us`, `Batch`. */
export const endpointText = (endpoint: string): string => {
  const formId = formIdIn(endpoint);
  if (formId !== undefined) return `Form ${formId}`;
  const last = endpoint.split('/').at(-1) ?? '';
  return Object.hasOwn(KINDS, last) ? KINDS[last]! : endpoint;
};

/**
 * The name under which later requests of the same program can count as a person's, as ingestion keeps it; undefined for a
 * browser, whose name is that of many programs.
 */
export const programOf = (userAgent: string | null): string | undefined => {
  const program = (userAgent ?? '').split(/[/(;]/, 1)[0]!.trim();
  return program.length >= 2 && !/^mozilla$/i.test(program) ? program.slice(0, 100).toLowerCase() : undefined;
};

/** Why a message was taken for a robot's, in words. */
export const robotText = (robot: ReceivedEntry['robot'], userAgent: string | null): string => {
  switch (robot) {
    case 'honeypot':
      return 'A field that people do not see was filled in.';
    case 'prefetch':
      return 'A browser fetched the page ahead of a visit that may never have come.';
    case 'program':
      return `The program that sent it, ${programText(userAgent)}, is known as a robot.`;
    case 'browser':
      return 'The message names a browser that is known as a robot.';
    default:
      return 'It looks like one that a program sent by itself.';
  }
};

/** Whether the person agreed to marketing, in words. */
export const consentText = (consent: boolean | undefined): string => {
  if (consent === undefined) return 'Not said';
  return consent ? 'Agreed' : 'Refused';
};
