import { Button, Group } from '@mantine/core';
import { Ban, BadgeCheck, Check, PhoneCall, Undo2, Users } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { Handoff, HandoffState } from '../api/shapes.js';
import { useMe } from '../session/session.js';
import { AttemptDialog } from './attempt-dialog.js';
import { QualifyDialog } from './qualify-dialog.js';
import { ReassignDialog } from './reassign-dialog.js';
import { RejectDialog } from './reject-dialog.js';
import { Decision, Refusal } from './decision.js';
import { useVerdict, type Verdict } from './verdicts.js';

interface VerdictActionsProps {
  handoff: Handoff;
  who: string;
  pinned: boolean;
  search: string;
}

/** States in which a manager may give the lead to somebody else. */
const OPEN: readonly HandoffState[] = ['waiting', 'offered', 'accepted'];

type Dialog = 'reject' | 'attempt' | 'qualify' | 'reassign';

/** The verdicts that this user may give now, and the result of the last one. */
export const VerdictActions = ({ handoff, who, pinned, search }: VerdictActionsProps): ReactNode => {
  const me = useMe();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const verdict = useVerdict(handoff);
  const manages = me.role === 'manager' || me.role === 'admin';
  const mayAct = manages || handoff.seller?.id === me.id;
  const close = (): void => setDialog(null);
  const decide = (given: Verdict): void => {
    // Stay on this hand-off although it leaves the list, so that the result is shown.
    if (!pinned) void navigate({ pathname: `/inbox/${handoff.id}`, search }, { replace: true });
    verdict.mutate(given, { onSuccess: close });
  };
  const busy = verdict.isPending;
  const common = { handoff, who, busy, fault: verdict.error, onClose: close, onDecide: decide };
  const open = (next: Dialog): void => {
    verdict.reset();
    setDialog(next);
  };

  return (
    <div>
      <Group gap="sm">
        {mayAct && handoff.state === 'offered' && (
          <>
            <Button
              size="md"
              leftSection={<Check size={18} aria-hidden />}
              onClick={() => decide({ what: 'accept' })}
              disabled={busy}
            >
              Accept
            </Button>
            <Button
              size="md"
              variant="default"
              leftSection={<Ban size={17} aria-hidden />}
              onClick={() => open('reject')}
              disabled={busy}
            >
              Reject…
            </Button>
          </>
        )}
        {manages && OPEN.includes(handoff.state) && (
          <Button
            size="md"
            variant="default"
            leftSection={<Users size={17} aria-hidden />}
            onClick={() => open('reassign')}
            disabled={busy}
          >
            Reassign…
          </Button>
        )}
      </Group>
      {mayAct && handoff.state === 'accepted' && !busy && (
        <Group gap="sm">
          <Button size="md" leftSection={<PhoneCall size={17} aria-hidden />} onClick={() => open('attempt')}>
            Log an attempt…
          </Button>
          <Button
            size="md"
            variant="default"
            leftSection={<BadgeCheck size={18} aria-hidden />}
            onClick={() => open('qualify')}
          >
            Qualify…
          </Button>
          <Button
            size="md"
            variant="default"
            leftSection={<Ban size={17} aria-hidden />}
            onClick={() => open('reject')}
          >
            Send back…
          </Button>
          <Button
            size="md"
            variant="default"
            leftSection={<Undo2 size={17} aria-hidden />}
            onClick={() => decide({ what: 'give-back' })}
          >
            Give to a colleague
          </Button>
        </Group>
      )}
      <Decision handoff={handoff} saving={busy && !dialog} />
      {verdict.error && !dialog && <Refusal fault={verdict.error} />}
      {dialog === 'reject' && <RejectDialog {...common} />}
      {dialog === 'attempt' && <AttemptDialog {...common} />}
      {dialog === 'reassign' && <ReassignDialog {...common} />}
      {dialog === 'qualify' && <QualifyDialog {...common} />}
    </div>
  );
};
