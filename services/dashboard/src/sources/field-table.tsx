import { Button, Table, VisuallyHidden } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { FieldUse, ReceivedActivity } from '../api/shapes.js';
import classes from './field-table.module.css';
import { MapFieldDialog } from './map-field-dialog.js';
import { reasonText, targetText, valueOf } from './target-text.js';
import { Sideways } from '../ui/sideways.js';
import { valueText } from './value-text.js';

interface FieldTableProps {
  fields: readonly FieldUse[];
  formId: string;
  activity: ReceivedActivity | undefined;
  onDone: (what: string) => void;
}

/** The fields of a fill, what each was taken for and why. */
export const FieldTable = ({ fields, formId, activity, onDone }: FieldTableProps): ReactNode => {
  const [mapped, map] = useState<FieldUse>();
  return (
    <Sideways>
      <Table verticalSpacing={6} className={classes.table ?? ''}>
        <Table.Thead>
          <Table.Tr>
            {['Field', 'Value', 'Taken for', 'Why'].map((column) => (
              <Table.Th key={column} scope="col">
                {column}
              </Table.Th>
            ))}
            <Table.Th scope="col">
              <VisuallyHidden>Actions</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fields.map((use) => (
            <Table.Tr key={use.field}>
              <Table.Td>
                <code>{use.field}</code>
              </Table.Td>
              <Table.Td className={classes.value ?? ''}>{valueText(valueOf(use, activity))}</Table.Td>
              <Table.Td className={classes.target ?? ''}>{targetText(use.target)}</Table.Td>
              <Table.Td className={classes.why ?? ''}>{reasonText(use)}</Table.Td>
              <Table.Td ta="right">
                {use.target !== 'control' && (
                  <Button variant="default" size="compact-xs" onClick={() => map(use)}>
                    Map this field…
                    <VisuallyHidden> {use.field}</VisuallyHidden>
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {mapped && (
        <MapFieldDialog use={mapped} formId={formId} onClose={() => map(undefined)} onDone={onDone} />
      )}
    </Sideways>
  );
};
