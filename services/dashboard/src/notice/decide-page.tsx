import { Button, Group, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, bodyOf } from '../api/client.js';
import { asProblem } from '../api/problem.js';
import type { LinkUse, NoticeLink } from '../api/shapes.js';
import { CardPage } from '../session/card-page.js';
import { useSecretOfLink } from '../session/set-password-page.js';
import { formatDateTime } from '../time/format.js';
import { Failure, Loading } from '../ui/states.js';

/** Opened from a link in a mail, by a person who need not be signed in. Opening it changes nothing. */
export const DecidePage = (): ReactNode => {
  const token = useSecretOfLink();
  if (token === '')
    return <CardPage title="This link does not work" lead="Open it once more, or copy all of it." />;
  return <LinkPage key={token} token={token} />;
};

const LinkPage = ({ token }: { token: string }): ReactNode => {
  const link = useQuery({
    queryKey: ['verdict-link', token],
    staleTime: Infinity,
    gcTime: 0,
    queryFn: () => bodyOf(api.POST('/verdict-link', { body: { token } })),
  });
  const use = useMutation({
    mutationFn: (body: Omit<LinkUse, 'token'>) =>
      bodyOf(api.PUT('/verdict-link', { body: { token, ...body } })),
  });
  if (link.error) return <CardPage title="This link does not work" lead={asProblem(link.error).detail} />;
  if (!link.data)
    return (
      <CardPage title="A lead for you">
        <Loading label="Reading the link" />
      </CardPage>
    );
  if (use.isSuccess)
    return (
      <CardPage title="Done" lead={DONE[use.variables.what]}>
        <ToBaton link={link.data} />
      </CardPage>
    );
  const { state, detail } = link.data;
  if (state !== 'open')
    return (
      <CardPage title="Nothing to decide" lead={detail}>
        <ToBaton link={link.data} />
      </CardPage>
    );
  const refusal = use.error ? <Failure fault={use.error} /> : null;
  return link.data.for === 'address' ? (
    <CardPage
      title="Confirm your address"
      lead={
        <>
          Notices of Baton will be sent to <strong>{link.data.email}</strong>.
        </>
      }
    >
      <Stack gap="md">
        {refusal}
        <Button size="md" loading={use.isPending} onClick={() => use.mutate({ what: 'confirm-address' })}>
          Confirm
        </Button>
      </Stack>
    </CardPage>
  ) : (
    <Verdict link={link.data} refusal={refusal} busy={use.isPending} onUse={use.mutate} />
  );
};

const DONE: Readonly<Record<LinkUse['what'], string>> = {
  accept: 'You accepted the lead.',
  reject: 'You rejected the lead. Marketing learns from the reason.',
  'confirm-address': 'The address is confirmed.',
};

const ToBaton = ({ link }: { link: NoticeLink }): ReactNode => (
  <Link to={link.handoffId ? `/inbox/${link.handoffId}` : '/'}>Open it in Baton</Link>
);

interface VerdictProps {
  link: NoticeLink;
  refusal: ReactNode;
  busy: boolean;
  onUse: (use: Omit<LinkUse, 'token'>) => void;
}

const Verdict = ({ link, refusal, busy, onUse }: VerdictProps): ReactNode => {
  const [rejecting, setRejecting] = useState(false);
  const [code, setCode] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [wake, setWake] = useState('');
  const reason = link.reasons.find((each) => each.code === code);
  const isReady =
    reason !== undefined &&
    (reason.needs !== 'note' || note.trim() !== '') &&
    (reason.needs !== 'wakeAt' || wake !== '');
  const reject = (event: FormEvent): void => {
    event.preventDefault();
    if (!reason || !isReady) return;
    onUse({
      what: 'reject',
      reason: reason.code,
      ...(note.trim() && { note: note.trim() }),
      ...(reason.needs === 'wakeAt' && { wakeAt: new Date(`${wake}T00:00:00`).toISOString() }),
    });
  };
  return (
    <CardPage
      title="A lead for you"
      lead={`It is offered to ${link.sellerName ?? 'you'}${link.acceptBy ? ` until ${formatDateTime(link.acceptBy)}` : ''}.`}
    >
      <form onSubmit={reject}>
        <Stack gap="md">
          {rejecting && (
            <Radio.Group
              label="Why?"
              description="Marketing learns from it."
              required
              value={code}
              onChange={setCode}
            >
              <Stack gap="xs" mt={6}>
                {link.reasons.map((each) => (
                  <Radio key={each.code} value={each.code} label={each.label} />
                ))}
              </Stack>
            </Radio.Group>
          )}
          {rejecting && reason?.needs === 'wakeAt' && (
            <TextInput
              type="date"
              label="When may we look at them again?"
              required
              value={wake}
              onChange={(event) => setWake(event.currentTarget.value)}
            />
          )}
          {rejecting && reason && (
            <Textarea
              label="Note"
              required={reason.needs === 'note'}
              maxLength={2000}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
          )}
          {refusal}
          {rejecting ? (
            <Group>
              <Button variant="default" onClick={() => setRejecting(false)}>
                Back
              </Button>
              <Button type="submit" color="red.9" loading={busy} disabled={!isReady}>
                Reject
              </Button>
            </Group>
          ) : (
            <Group>
              <Button loading={busy} onClick={() => onUse({ what: 'accept' })}>
                Accept
              </Button>
              <Button variant="default" onClick={() => setRejecting(true)}>
                Reject…
              </Button>
            </Group>
          )}
          <Text size="sm" c="dimmed">
            The link works once. <ToBaton link={link} /> to see everything about the lead.
          </Text>
        </Stack>
      </form>
    </CardPage>
  );
};
