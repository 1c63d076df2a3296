import { describe, expect, it } from '@jest/globals';
import { folderRings, type CruisedModule } from './folder-rings.js';

const module = (source: string, ...imports: string[]): CruisedModule => ({
  source,
  dependencies: imports.map((resolved) => ({ resolved })),
});
const src = 'services/alpha/src';

describe('folderRings', () => {
  it('reports folders that import each other, with the imports', () => {
    const ring = folderRings([
      module(`${src}/lead/lead.ts`, `${src}/score/score.ts`, 'node_modules/pg/index.js'),
      module(`${src}/score/score.ts`, `${src}/model/model.ts`),
      module(`${src}/model/deep/er.ts`, `${src}/lead/other.ts`),
      module(`${src}/team/team.ts`, `${src}/lead/lead.ts`),
    ]);
    expect(ring).toEqual([
      {
        folders: [`${src}/lead`, `${src}/model`, `${src}/score`],
        imports: [
          `${src}/lead/lead.ts → ${src}/score/score.ts`,
          `${src}/model/deep/er.ts → ${src}/lead/other.ts`,
          `${src}/score/score.ts → ${src}/model/model.ts`,
        ],
      },
    ]);
  });

  it('reports each ring of a package on its own', () => {
    const pair = (name: string): CruisedModule[] => [
      module(`libs/${name}/src/a/a.ts`, `libs/${name}/src/b/b.ts`),
      module(`libs/${name}/src/b/b.ts`, `libs/${name}/src/a/a.ts`),
    ];
    expect(folderRings([...pair('one'), ...pair('two')]).map(({ folders }) => folders)).toEqual([
      ['libs/one/src/a', 'libs/one/src/b'],
      ['libs/two/src/a', 'libs/two/src/b'],
    ]);
  });

  it('ignores specs, examples, imports inside a folder, and files directly in src', () => {
    expect(
      folderRings([
        module(`${src}/lead/lead.ts`, `${src}/score/score.ts`, `${src}/lead/other.ts`),
        module(`${src}/score/score.spec.ts`, `${src}/lead/lead.ts`),
        module(`${src}/score/score.example.ts`, `${src}/lead/lead.ts`),
        module(`${src}/score/score.ts`, `${src}/alpha.config.ts`),
        module(`${src}/alpha.module.ts`, `${src}/lead/lead.ts`, `${src}/score/score.ts`),
      ]),
    ).toEqual([]);
  });
});
