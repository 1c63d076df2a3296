import { toIso } from '../policy/duration.js';
import type { Notice } from './notice.js';

/** A notice with what its receiver may do: a link to the hand-off, and one to decide without a login. */
export interface Linked {
  readonly notice: Notice;
  readonly url: string;
  readonly decideUrl?: string | undefined;
}

export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Notices in one mail; the rest is counted. */
const MAX_LISTED = 50;

/** One mail for one notice, or a digest of several, the most urgent first. No data of the lead: a mailbox is no place for it. */
export const mailOf = (all: readonly Linked[]): Mail => {
  const sorted = [...all].sort((one, other) => dueOf(one) - dueOf(other));
  const listed = sorted.slice(0, MAX_LISTED);
  const rest = sorted.length - listed.length;
  const lines = listed.map(({ notice, url, decideUrl }) => ({
    title: titleOf(notice),
    links: [
      ['Open it in Baton', url],
      ...(decideUrl ? [['Accept or reject without signing in', decideUrl]] : []),
    ] as [string, string][],
  }));
  const more = rest > 0 ? [`And ${rest} more in Baton.`] : [];
  return {
    subject: sorted.length === 1 ? titleOf(sorted[0]!.notice) : digestSubject(sorted),
    text: [
      ...lines.map(({ title, links }) => [title, ...links.map((each) => each.join(': '))].join('\n')),
      ...more,
    ].join('\n\n'),
    html: [
      ...lines.map(
        ({ title, links }) =>
          `<p><strong>${escaped(title)}</strong>${links.map(([label, url]) => `<br><a href="${escaped(url)}">${escaped(label)}</a>`).join('')}</p>`,
      ),
      ...more.map((line) => `<p>${line}</p>`),
    ].join('\n'),
  };
};

const digestSubject = (all: readonly Linked[]): string => {
  const offers = all.filter(({ notice }) => notice.kind === 'offered').length;
  const others = all.length - offers;
  const parts = [
    ...(offers > 0 ? [`${offers} ${offers === 1 ? 'lead is' : 'leads are'} offered to you`] : []),
    ...(others > 0 ? [`${others} ${others === 1 ? 'reminder' : 'reminders'}`] : []),
  ];
  return parts.join(', ');
};

/** A notice in one sentence. */
export const titleOf = ({ kind, clock, dueAt, sellerName, why }: Notice): string => {
  const until = dueAt === undefined ? '' : ` until ${timeText(dueAt)}`;
  const what = clock === 'first-touch' ? 'A first attempt' : 'Your decision';
  switch (kind) {
    case 'offered':
      return `A lead is offered to you${until}`;
    case 'warned':
      return `${what} is awaited${until}`;
    case 'escalated':
      return why
        ? `A lead of ${sellerName} needs a manager: ${why}`
        : `${sellerName} has not answered yet; it is due${until.replace(' until', '')}`;
    case 'breached':
      return `A clock of ${sellerName} ran out: ${clock === 'first-touch' ? 'no first attempt' : 'no decision'} in time`;
    case 'passed-on':
      return `A lead that was offered to you is offered to ${sellerName} now`;
    case 'nurture-due':
      return `Marketing takes care of a lead you had${why ? `: ${why}` : ''}`;
  }
};

/** `5 Jan 2026, 09:00 UTC` */
const timeText = (instant: number): string => {
  const iso = toIso(instant);
  const month = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][
    Number(iso.slice(5, 7)) - 1
  ];
  return `${Number(iso.slice(8, 10))} ${month} ${iso.slice(0, 4)}, ${iso.slice(11, 16)} UTC`;
};

const dueOf = ({ notice }: Linked): number => notice.dueAt ?? Infinity;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (each) => ENTITIES[each]!);
