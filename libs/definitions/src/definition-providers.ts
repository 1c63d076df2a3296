import { Outbox } from '@baton/bus';
import type { Provider } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Definitions } from './definitions.js';
import type { DefinitionKind } from './kind.js';

/** Makes `Definitions` and the kinds' activation handlers injectable: `stores: [...definitionProviders(kinds), …]`. */
export const definitionProviders = (kinds: readonly DefinitionKind[]): Provider[] => [
  ...new Set(kinds.flatMap(({ onActivated }) => onActivated ?? [])),
  {
    provide: Definitions,
    inject: [Outbox, ModuleRef],
    // Looked up when it is needed: a handler may itself want Definitions.
    useFactory: (outbox: Outbox, modules: ModuleRef) =>
      new Definitions(
        kinds,
        outbox,
        ({ onActivated }) => onActivated && modules.get(onActivated, { strict: false }),
      ),
  },
];
