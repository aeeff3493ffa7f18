import js from '@eslint/js'
import tseslint from 'typescript-eslint'

/**
 * The walls of docs/architecture.md: a folder may import itself and the folders listed for it, nothing else
 * under src. Imports point downwards only, so a change in a channel can never reach a rule.
 */
const MAY_IMPORT = {
  rules: [],
  interview: ['rules'],
  understanding: ['rules', 'interview'],
  rendering: ['rules', 'interview', 'understanding'],
  store: [],
  trust: ['store'],
  bot: ['rules', 'interview', 'understanding', 'rendering', 'store', 'trust'],
  channels: ['rules', 'interview', 'rendering', 'bot', 'store', 'trust'],
  server: ['rules', 'interview', 'understanding', 'rendering', 'store', 'trust', 'bot', 'channels'],
}
const FOLDERS = Object.keys(MAY_IMPORT)
const PURE = ['rules', 'interview', 'understanding', 'rendering']
const RIM_PACKAGES = [
  'botbuilder',
  'botbuilder*',
  'botframework*',
  'restify',
  'restify*',
  'ioredis',
  'lmdb',
  'ws',
  'pino',
]

const walls = FOLDERS.map((folder) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...FOLDERS.filter((other) => other !== folder && !MAY_IMPORT[folder].includes(other)).map(
            (other) => ({
              group: [`**/../${other}/*`, `**/../${other}/**`],
              message: `src/${folder} may not import src/${other}: imports point downwards only (docs/architecture.md).`,
            }),
          ),
          ...(PURE.includes(folder)
            ? [
                {
                  group: RIM_PACKAGES,
                  message: `src/${folder} is pure: no SDK, server or store package here.`,
                },
              ]
            : []),
        ],
      },
    ],
  },
}))

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'data/**',
      'coverage/**',
      'bench/**/node_modules/**',
      'bench/**/*.mjs',
      'test/faults/*.mjs',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', 'widget/*.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/require-await': 'off',
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: "ThrowStatement > NewExpression[callee.name='Error']",
          message:
            'Throw an AppError from src/errors.ts: it carries a stable code, the cause and the remedy.',
        },
      ],
    },
  },
  ...walls,
  {
    files: ['test/**/*.ts', 'tools/**/*.ts', 'widget/**'],
    rules: { 'no-restricted-syntax': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['**/*.js'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
)
