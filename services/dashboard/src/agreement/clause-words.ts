import type { AgreementTask, ClauseName, ClauseScore } from '../api/shapes.js';

/** What is promised, as it is read in a table. */
export const CLAUSE_WORDS: Readonly<Record<ClauseName, string>> = {
  leads: 'Sales-ready leads',
  accepted: 'Leads accepted',
  complete: 'Leads with the fields filled',
  'accept-in-time': 'Decided in time',
  'first-touch-in-time': 'First touch in time',
  attempts: 'Reached, or tried often enough',
  reasons: 'Rejections with a reason',
  'follow-up': 'Followed up in time',
};

type Tone = 'good' | 'warn' | 'bad' | 'plain';

export const SCORE_STATES: Readonly<Record<ClauseScore['state'], { words: string; tone: Tone }>> = {
  'on-track': { words: 'On track', tone: 'plain' },
  'at-risk': { words: 'At risk', tone: 'warn' },
  met: { words: 'Met', tone: 'good' },
  missed: { words: 'Missed', tone: 'bad' },
};

export const TASK_STATES: Readonly<Record<AgreementTask['state'], { words: string; tone: Tone }>> = {
  open: { words: 'Open', tone: 'warn' },
  'in-progress': { words: 'In progress', tone: 'plain' },
  done: { words: 'Done', tone: 'good' },
};

export const TEAM_WORDS: Readonly<Record<AgreementTask['team'], string>> = {
  marketing: 'Marketing',
  sales: 'Sales',
};

/** A figure in the unit of its clause: a number of leads, or a percentage. */
export const inUnit = (clause: ClauseName, figure: number | null): string => {
  if (figure === null) return '–';
  return clause === 'leads' ? String(figure) : `${figure} %`;
};
