import { useCasesIn } from './.dependency-cruiser.mjs';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const ENVIRONMENT_IMPORTS = ['process', 'node:process'].map((name) => ({
  name,
  importNames: ['env'],
  message: 'Read the environment in a *.config.ts file.',
}));
const useCasePaths = useCasesIn(import.meta.dirname).map((file) => `services/${file}`);

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/coverage/**',
      '.nx/**',
      '.baton/**',
      '**/*.mjs',
      '**/generated/**',
      'tools/boundaries/**',
      '**/vite.config.ts',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      // Decorators need the class at run time, and one way to import is enough.
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'max-params': ['error', { max: 6 }],
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
    },
  },
  {
    files: ['**/*.spec.ts', '**/*.bench.ts', 'libs/testing/**', 'e2e/**', 'bench/**'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  // Command-line programs print to the terminal.
  { files: ['infra/**', 'tools/**', 'bench/**', 'cli/**'], rules: { 'no-console': 'off' } },
  {
    // Everything a program takes from its environment is declared and validated in one place.
    files: ['services/**/*.ts', 'libs/**/*.ts', 'infra/**/*.ts', 'cli/**/*.ts'],
    ignores: ['**/*.config.ts', '**/*.spec.ts', 'libs/testing/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read the environment in a *.config.ts file.' },
      ],
      'no-restricted-imports': ['error', { paths: ENVIRONMENT_IMPORTS }],
    },
  },
  {
    // Rules are deterministic: no clock, no randomness. dependency-cruiser allows them node:crypto for hashes. The gateway has
    // none: it creates secrets and hashes passwords.
    files: ['services/*/src/*/**/*.ts'],
    ignores: [
      'services/dashboard/**',
      'services/gateway/**',
      'services/*/src/**/*.*.ts',
      '**/on-*.ts',
      ...useCasePaths,
    ],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            ...ENVIRONMENT_IMPORTS,
            ...['crypto', 'node:crypto'].map((name) => ({
              name,
              allowImportNames: ['createHash'],
              message: 'Rules are pure: of node:crypto only createHash; ids and secrets are arguments.',
            })),
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Rules are pure: the time is an argument.',
        },
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'Rules are pure: the time is an argument.',
        },
        {
          // Not in a class: that is the source of randomness which rules get as an argument.
          selector:
            "ArrowFunctionExpression CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: 'Rules are pure: randomness is an argument.',
        },
      ],
    },
  },
  {
    files: ['services/dashboard/**'],
    plugins: { 'react-hooks': reactHooks },
    rules: { ...reactHooks.configs.recommended.rules },
  },
);
