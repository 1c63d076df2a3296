import { Outbox } from '@baton/bus';
import type { Provider } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Definitions } from './definitions.js';
import type { DefinitionKind } from './kind.js';

/** Provides `Definitions` and the activation handlers of the kinds: `stores: [...definitionProviders(kinds), …]`. */
export const definitionProviders = (kinds: readonly DefinitionKind[]): Provider[] => [
  ...new Set(kinds.flatMap(({ onActivated }) => onActivated ?? [])),
  {
    provide: Definitions,
    inject: [Outbox, ModuleRef],
    // Resolved when it is called, because a handler may itself depend on Definitions.
    useFactory: (outbox: Outbox, modules: ModuleRef) =>
      new Definitions(
        kinds,
        outbox,
        ({ onActivated }) => onActivated && modules.get(onActivated, { strict: false }),
      ),
  },
];
