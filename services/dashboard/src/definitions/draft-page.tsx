import { Alert, Button, Group, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { Link, Navigate, useNavigate, useParams, useSearchParams } from 'react-router';
import { asProblem, type Violation } from '../api/problem.js';
import type { Definition } from '../api/shapes.js';
import { ROSTER_ROLES, useMe } from '../session/session.js';
import { Page, Panel } from '../ui/page.js';
import { Failure, Loaded } from '../ui/states.js';
import { AgreementForm } from './agreement-form.js';
import { ChangeList } from './change-list.js';
import { changesBetween } from './changes.js';
import classes from './draft-page.module.css';
import { kindName, useDefinition, useDraft, useInForce } from './definitions.js';
import { MEANINGS } from './definitions-page.js';
import { EffectPanel } from './effect-panel.js';
import { documentForm } from './form-context.js';
import { FunnelForm } from './funnel-form.js';
import { locate } from './pointer.js';
import { RoutingEffectPanel } from './routing-effect-panel.js';
import { RoutingPreviewPanel } from './routing-preview-panel.js';
import { RoutingRulesForm } from './routing-rules-form.js';
import { ScoringModelForm } from './scoring-model-form.js';
import { SlaPolicyForm } from './sla-policy-form.js';

/** A new version of a definition, drafted from the one in force or from another. */
export const DraftPage = (): ReactNode => {
  const { kind = '' } = useParams();
  const [query] = useSearchParams();
  const from = query.get('from');
  const inForce = useInForce(kind);
  const other = useDefinition(from ?? undefined);
  if (!(kind in MEANINGS)) return <Navigate to="/definitions" replace />;
  return (
    <Page title={`New version: ${kindName(kind)}`} lead={MEANINGS[kind]}>
      <Loaded query={from ? other : inForce} lines={12}>
        {(base) => <DraftForm key={base.id} base={base} />}
      </Loaded>
    </Page>
  );
};

/** Kinds that are edited in a form; the others as JSON. */
const FORMS = {
  'scoring-model': ScoringModelForm,
  funnel: FunnelForm,
  agreement: AgreementForm,
  'routing-rules': RoutingRulesForm,
  'sla-policy': SlaPolicyForm,
} as const;

/** Kinds that can be tried on leads. */
const TRIED_ON_LEADS = ['scoring-model', 'funnel'];

const VIEWS = [
  { value: 'form', label: 'Form' },
  { value: 'json', label: 'JSON' },
];

const parsed = (text: string): { document: Record<string, unknown> } | { fault: string } => {
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document !== 'object' || document === null || Array.isArray(document))
      return { fault: 'a definition is an object, in braces' };
    return { document: document as Record<string, unknown> };
  } catch (fault) {
    return { fault: (fault as Error).message };
  }
};

const DraftForm = ({ base }: { base: Definition }): ReactNode => {
  const navigate = useNavigate();
  const me = useMe();
  const draft = useDraft(base.kind);
  const [text, setText] = useState(() => JSON.stringify(base.document, null, 2));
  const [note, setNote] = useState('');
  const Form = FORMS[base.kind as keyof typeof FORMS] as (typeof FORMS)[keyof typeof FORMS] | undefined;
  const [view, setView] = useState(Form ? 'form' : 'json');
  const field = useRef<HTMLTextAreaElement>(null);
  const read = parsed(text);
  const isForm = Form !== undefined && view === 'form' && 'document' in read;
  const changes = 'document' in read ? changesBetween(base.document, read.document) : [];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!('document' in read)) return field.current?.focus();
    draft.mutate(
      { document: read.document, note: note.trim() },
      { onSuccess: (made) => void navigate(`/definitions/${made.id}`) },
    );
  };
  const form = documentForm(
    'document' in read ? read.document : base.document,
    asProblem(draft.error).violations.map((violation) => ({
      ...violation,
      pointer: violation.pointer.replace(/^\/document(?=\/|$)/, ''),
    })),
    (document) => setText(JSON.stringify(document, null, 2)),
  );
  const goTo = ({ pointer }: Violation): void => {
    const found = locate(text, pointer);
    if (!found || !field.current) return;
    flushSync(() => setView('json'));
    field.current.focus();
    field.current.setSelectionRange(found.start, found.end);
    // Browsers do not scroll a text area to its selection.
    const perLine = field.current.scrollHeight / text.split('\n').length;
    field.current.scrollTop = (found.line - 4) * perLine;
  };
  return (
    <form onSubmit={submit} className={classes.columns}>
      <Panel title="Document" note={`Begun from version ${base.version}`}>
        {Form && (
          <SegmentedControl
            size="xs"
            mb="sm"
            aria-label="View"
            data={VIEWS}
            value={view}
            onChange={setView}
          />
        )}
        {isForm && Form && <Form form={form} />}
        <Textarea
          ref={field}
          display={isForm ? 'none' : undefined}
          aria-label="Document as JSON"
          classNames={{ input: classes.editor ?? '' }}
          rows={28}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={'fault' in read ? `Not JSON: ${read.fault}` : undefined}
        />
      </Panel>
      <Stack gap="md">
        <Panel title="Save">
          <Stack gap="md">
            <TextInput
              label="Why this change?"
              description="Both teams read it before they sign."
              value={note}
              maxLength={500}
              required
              onChange={(event) => setNote(event.currentTarget.value)}
            />
            {draft.error && <ViolationList error={draft.error} text={text} onGoTo={goTo} />}
            <Group gap="sm">
              <Button
                type="submit"
                loading={draft.isPending}
                disabled={!('document' in read) || note.trim() === ''}
              >
                Save the draft
              </Button>
              <Button component={Link} to="/definitions" variant="default">
                Cancel
              </Button>
            </Group>
          </Stack>
        </Panel>
        {base.kind === 'routing-rules' && ROSTER_ROLES.includes(me.role) && (
          <>
            <RoutingPreviewPanel document={'document' in read ? read.document : undefined} />
            <RoutingEffectPanel document={'document' in read ? read.document : undefined} />
          </>
        )}
        {TRIED_ON_LEADS.includes(base.kind) && (
          <EffectPanel kind={base.kind} document={'document' in read ? read.document : undefined} />
        )}
        <Panel title="What differs" note={`From version ${base.version}`}>
          <ChangeList changes={changes} />
        </Panel>
      </Stack>
    </form>
  );
};

interface ViolationListProps {
  error: unknown;
  text: string;
  onGoTo: (violation: Violation) => void;
}

/** The violations of a refused document, each with a link to its place. */
const ViolationList = ({ error, text, onGoTo }: ViolationListProps): ReactNode => {
  const { violations, detail } = asProblem(error);
  if (violations.length === 0) return <Failure fault={error} />;
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<CircleAlert aria-hidden />}
      title="The document is not right yet"
    >
      {detail}
      <ul className={classes.violations}>
        {violations.map((violation) => {
          // The document is the member `document` of the request.
          const pointer = violation.pointer.replace(/^\/document(?=\/|$)/, '');
          const line = locate(text, pointer)?.line;
          return (
            <li key={violation.pointer + violation.detail}>
              <button
                type="button"
                className={classes.pointer}
                onClick={() => onGoTo({ ...violation, pointer })}
              >
                <code>{pointer || '/'}</code>
                {line !== undefined && <span>line {line}</span>}
              </button>{' '}
              {violation.detail}
            </li>
          );
        })}
      </ul>
    </Alert>
  );
};
