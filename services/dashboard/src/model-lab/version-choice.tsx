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

const REPLAYED = new Set(['scoring-model', 'funnel']);

/** Whether a definition decides which leads are sales-ready, so that the history can be replayed under it. */
export const isReplayed = ({ kind }: Definition): boolean => REPLAYED.has(kind);

/** Names a version in a request to replay it. */
export const replayOf = ({
  kind,
  id,
}: Definition): { readonly funnelId: string } | { readonly scoringModelId: string } =>
  kind === 'funnel' ? { funnelId: id } : { scoringModelId: id };
