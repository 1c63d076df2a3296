import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Definition } from '../api/shapes.js';
import { kindName } from '../definitions/definitions.js';

interface VersionChoiceProps {
  label: string;
  definitions: readonly Definition[];
  value: string;
  onChange: (id: string) => void;
}

/** Chooses a version of a definition. */
export const VersionChoice = ({ label, definitions, value, onChange }: VersionChoiceProps): ReactNode => (
  <NativeSelect
    label={label}
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
    data={definitions.map((definition) => ({
      value: definition.id,
      label: `${versionName(definition)} (${definition.state})`,
    }))}
  />
);

/** `Scoring model, version 3`. */
export const versionName = (definition: Definition | undefined): string | undefined =>
  definition && `${kindName(definition.kind)}, version ${definition.version}`;
