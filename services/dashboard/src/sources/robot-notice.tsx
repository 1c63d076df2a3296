import { Button, Checkbox } from '@mantine/core';
import { Bot, UserCheck } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ReceivedRequest, Source } from '../api/shapes.js';
import { Notice } from '../ui/notice.js';
import { Failure } from '../ui/states.js';
import { useCorrect } from './received.js';
import { programOf, robotText } from './request-text.js';
import classes from './robot-notice.module.css';
import { useChangeSource } from './sources.js';

interface RobotNoticeProps {
  source: Source;
  request: ReceivedRequest;
  place: number;
  onDone: (what: string) => void;
}

/** Why an event was flagged as a robot's, and the way to correct that. */
export const RobotNotice = ({ source, request, place, onDone }: RobotNoticeProps): ReactNode => {
  const entry = request.entries[place]!;
  // Trusting a program does not help against a honeypot or a prefetch.
  const program = entry.robot === 'program' ? programOf(request.userAgent) : undefined;
  if (entry.personActivityId !== undefined)
    return <Corrected source={source} program={program} onDone={onDone} />;
  return (
    <Notice icon={<Bot />} title="Flagged as a robot’s">
      <span>
        {robotText(entry.robot, request.userAgent)} It is kept, but makes no lead and gives no score.
      </span>
      <Correct source={source} request={request} place={place} program={program} onDone={onDone} />
    </Notice>
  );
};

interface CorrectProps extends RobotNoticeProps {
  program: string | undefined;
}

const Correct = ({ source, request, place, program, onDone }: CorrectProps): ReactNode => {
  const correct = useCorrect(source.id, (done) =>
    onDone(
      done.always
        ? `Done: it counts as a person’s now, and so will every request of ${program}. Settings has the list of these programs.`
        : 'Done: it counts as a person’s now.',
    ),
  );
  const [always, setAlways] = useState(false);
  const send = (): void => correct.mutate({ requestId: request.id, entry: place, always });
  return (
    <>
      <div className={classes.actions}>
        <Button size="xs" loading={correct.isPending} onClick={send}>
          This is a person
        </Button>
        {program !== undefined && (
          <Checkbox
            size="sm"
            label={`and always for ${program}`}
            checked={always}
            onChange={(event) => setAlways(event.currentTarget.checked)}
          />
        )}
      </div>
      {correct.error && <Failure fault={correct.error} />}
    </>
  );
};

const Corrected = ({
  source,
  program,
  onDone,
}: Pick<CorrectProps, 'source' | 'program' | 'onDone'>): ReactNode => {
  const change = useChangeSource(source.id);
  const isTrusted = program !== undefined && source.personAgents.includes(program);
  const undo = (): void =>
    change.mutate(
      ({ personAgents }) => ({ personAgents: personAgents.filter((agent) => agent !== program) }),
      { onSuccess: () => onDone(`Undone: later requests of ${program} are judged by themselves again.`) },
    );
  return (
    <Notice tone="good" icon={<UserCheck />} title="Corrected: it counts as a person’s">
      {isTrusted && (
        <>
          <span>So does every later request of {program}.</span>
          <div className={classes.actions}>
            <Button size="xs" variant="default" loading={change.isPending} onClick={undo}>
              Undo for {program}
            </Button>
          </div>
        </>
      )}
      {change.error && <Failure fault={change.error} />}
    </Notice>
  );
};
