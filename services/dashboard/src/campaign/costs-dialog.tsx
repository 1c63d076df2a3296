import { FileInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { asProblem } from '../api/problem.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Failure } from '../ui/states.js';
import { useImportCosts } from './campaigns.js';

/** Adds the costs of a CSV file, or shows what is wrong in which of its lines. */
export const CostsDialog = ({ onClose }: { onClose: () => void }): ReactNode => {
  const save = useImportCosts();
  const [file, setFile] = useState<File | null>(null);
  const send = async (): Promise<void> => {
    if (file) save.mutate(await file.text(), { onSuccess: onClose });
  };
  return (
    <FormDialog
      title="Costs from a file"
      action="Add"
      ready={file !== null}
      busy={save.isPending}
      refusal={save.error ? <Refusal fault={save.error} /> : null}
      onClose={onClose}
      onSubmit={() => void send()}
    >
      <FileInput
        label="CSV file"
        description="With the columns campaign, day (2026-01-05), amount (1200.50) and, if you like, note. All lines are added, or none; the same campaign, day and note again replaces the amount."
        placeholder="Choose a file"
        accept=".csv,text/csv"
        required
        value={file}
        onChange={(chosen) => {
          save.reset();
          setFile(chosen);
        }}
      />
    </FormDialog>
  );
};

const Refusal = ({ fault }: { fault: unknown }): ReactNode => {
  const { violations } = asProblem(fault);
  return (
    <>
      <Failure fault={fault} />
      {violations.length > 1 && (
        <ul aria-label="Faulty lines">
          {violations.map(({ pointer, detail }) => (
            <li key={pointer}>{detail}</li>
          ))}
        </ul>
      )}
    </>
  );
};
