/** `npm run schema [-- --check]`: writes the JSON Schemas that let an editor complete and check the YAML files, and the dossier's. */
import { dossierJsonSchema } from '../src/interview/dossier/schema.ts'
import { foldersFrom } from './lib/folders.ts'
import { editorSettings, jsonSchemaFiles } from './lib/json-schemas.ts'
import { keep } from './lib/keep.ts'
import { run } from './lib/run.ts'

run(() => {
  const { root, check } = foldersFrom(process.argv.slice(2))
  const files = new Map([
    ...jsonSchemaFiles(),
    ['.vscode/settings.json', editorSettings()],
    ['rules/schema/dossier.json', dossierJsonSchema()],
  ])
  return keep({ root, files, command: 'npm run schema' }, check)
})
