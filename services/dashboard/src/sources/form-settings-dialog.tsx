import { Button, Table, Text, Textarea, TextInput, VisuallyHidden } from '@mantine/core';
import { X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { FieldMapping, Form } from '../api/shapes.js';
import { asProblem } from '../api/problem.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Failure } from '../ui/states.js';
import { hostsIn, idOf, withField } from './form-settings.js';
import { useChangeForm, useCreateForm } from './forms.js';
import { Sideways } from '../ui/sideways.js';
import { targetText } from './target-text.js';

interface FormDialogForProps {
  sourceId: string;
  /** To edit; a new one is created without. */
  form?: Form;
  onClose: () => void;
}

/** Creates a form of a source, or changes one. */
export const FormDialogFor = ({ sourceId, form, onClose }: FormDialogForProps): ReactNode => {
  const create = useCreateForm(sourceId);
  const change = useChangeForm(form?.id ?? '');
  const [name, setName] = useState(form?.name ?? '');
  const [chosenId, chooseId] = useState(form?.id);
  const [redirectTo, setRedirectTo] = useState(form?.redirectTo ?? '');
  const [hosts, setHosts] = useState(form?.allowedRedirects.join('\n') ?? '');
  const [removed, setRemoved] = useState<readonly string[]>([]);
  const id = chosenId ?? idOf(name);
  const { error, isPending } = form ? change : create;
  const faultAt = (member: string): string | undefined =>
    error
      ? asProblem(error).violations.find(({ pointer }) => pointer.startsWith(`/${member}`))?.detail
      : undefined;
  const typed = {
    name: name.trim(),
    redirectTo: redirectTo.trim() || null,
    allowedRedirects: hostsIn(hosts),
  };
  const save = (): void => {
    if (!form) return create.mutate({ ...typed, id, mapping: {} }, { onSuccess: onClose });
    change.mutate(
      // Fields mapped meanwhile, from the live requests, stay.
      (fresh) => removed.reduce((left, field) => withField(left, field, undefined), { ...fresh, ...typed }),
      { onSuccess: onClose },
    );
  };
  return (
    <FormDialog
      title={form ? `Form ${form.id}` : 'New form'}
      size="lg"
      action={form ? 'Save' : 'Create'}
      ready={typed.name !== ''}
      busy={isPending}
      refusal={error ? <Failure fault={error} /> : null}
      onClose={onClose}
      onSubmit={save}
    >
      <TextInput
        label="Name"
        placeholder="Contact us"
        required
        data-autofocus
        maxLength={256}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {!form && (
        <TextInput
          label="Id"
          description="The last part of the form’s address. It stays as it is."
          maxLength={64}
          value={id}
          error={faultAt('id')}
          onChange={(event) => chooseId(event.currentTarget.value)}
        />
      )}
      <TextInput
        label="Page shown after a fill"
        description="A short thank-you is shown without one."
        placeholder="https://www.engines.example/thanks"
        maxLength={2048}
        value={redirectTo}
        error={faultAt('redirectTo')}
        onChange={(event) => setRedirectTo(event.currentTarget.value)}
      />
      <Textarea
        label="Other sites a fill may lead to"
        description="Host names, one a line, that the form’s own field _redirect may name."
        autosize
        minRows={2}
        value={hosts}
        error={faultAt('allowedRedirects')}
        onChange={(event) => setHosts(event.currentTarget.value)}
      />
      {form && (
        <MappingTable
          mapping={removed.reduce((left, field) => withField(left, field, undefined), form).mapping}
          onRemove={(field) => setRemoved([...removed, field])}
        />
      )}
    </FormDialog>
  );
};

const MappingTable = ({
  mapping,
  onRemove,
}: {
  mapping: FieldMapping;
  onRemove: (field: string) => void;
}): ReactNode =>
  Object.keys(mapping).length === 0 ? (
    <Text size="sm" c="dimmed">
      No field is mapped: all are known by their names. Map one where a fill of it is shown, under live
      requests.
    </Text>
  ) : (
    <Sideways>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Field</Table.Th>
            <Table.Th scope="col">Is taken for</Table.Th>
            <Table.Th scope="col">
              <VisuallyHidden>Actions</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {Object.entries(mapping).map(([field, target]) => (
            <Table.Tr key={field}>
              <Table.Td>
                <code>{field}</code>
              </Table.Td>
              <Table.Td>{targetText(target)}</Table.Td>
              <Table.Td ta="right">
                <Button
                  variant="subtle"
                  size="compact-xs"
                  leftSection={<X size={13} aria-hidden />}
                  aria-label={`Remove the mapping of ${field}`}
                  onClick={() => onRemove(field)}
                >
                  Remove
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Sideways>
  );
