import type { ReactNode } from 'react';
import type { HandoffEvent, LeadEvent } from '../stream/live-events.js';

type Tone = 'plain' | 'good' | 'warn' | 'late';

interface Sentence {
  readonly tone: Tone;
  readonly words: ReactNode;
}

/** What happened, in one sentence. `who` is the lead, as a link. */
export const sentenceOf = (
  event: LeadEvent | HandoffEvent,
  who: ReactNode,
  stageLabel: (key: string) => string,
): Sentence => (event.type === 'lead' ? ofLead(event, who, stageLabel) : ofHandoff(event, who));

const ofLead = (event: LeadEvent, who: ReactNode, stageLabel: (key: string) => string): Sentence => {
  const stage = event.stage ? stageLabel(event.stage) : 'another stage';
  const points = event.points === undefined ? null : Math.round(event.points);
  switch (event.what) {
    case 'created':
      return { tone: 'plain', words: <>{who} was seen for the first time</> };
    case 'scored':
      return {
        tone: 'plain',
        words: (
          <>
            {who} now has {points ?? 'new'} points
          </>
        ),
      };
    case 'merged':
      return { tone: 'plain', words: <>{who} turned out to be one person with another lead</> };
    case 'unmerged':
      return { tone: 'plain', words: <>{who} is a lead of its own again</> };
    case 'stage-changed':
      return {
        tone: 'good',
        words: (
          <>
            {who} is now <strong>{stage}</strong>
          </>
        ),
      };
  }
};

const ofHandoff = (event: HandoffEvent, who: ReactNode): Sentence => {
  const seller = event.sellerName ?? 'a seller';
  switch (event.what.replace(/^handoff\./, '').replace(/\.v\d+$/, '')) {
    case 'offered':
      return {
        tone: 'good',
        words: (
          <>
            {who} was offered to <strong>{seller}</strong>
          </>
        ),
      };
    case 'accepted':
      return {
        tone: 'good',
        words: (
          <>
            <strong>{seller}</strong> accepted {who}
          </>
        ),
      };
    case 'rejected':
      return {
        tone: 'warn',
        words: (
          <>
            <strong>{seller}</strong> rejected {who}
          </>
        ),
      };
    case 'attempted':
      return {
        tone: 'plain',
        words: (
          <>
            {seller} tried to reach {who}
          </>
        ),
      };
    case 'qualified':
      return {
        tone: 'good',
        words: (
          <>
            <strong>{seller}</strong> qualified {who}
          </>
        ),
      };
    case 'warned':
      return {
        tone: 'warn',
        words: (
          <>
            {seller} was reminded of {who}
          </>
        ),
      };
    case 'escalated':
      return {
        tone: 'warn',
        words: (
          <>
            The manager was told that {who} still waits for {seller}
          </>
        ),
      };
    case 'retimed':
      return {
        tone: 'plain',
        words: (
          <>
            The time for {who} was moved with the working time of {seller}
          </>
        ),
      };
    case 'breached':
      return {
        tone: 'late',
        words: (
          <>
            The time for {who} ran out at {seller}
          </>
        ),
      };
    case 'reassigned':
      return {
        tone: 'warn',
        words: (
          <>
            {who} was passed on to <strong>{seller}</strong>
          </>
        ),
      };
    default:
      return {
        tone: 'plain',
        words: (
          <>
            {who}: {event.what}
          </>
        ),
      };
  }
};
