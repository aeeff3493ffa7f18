/** `npm run map [-- --check]`: draws the questions and the decision tables into docs/trees, or fails when they are out of date. */
import { foldersFrom } from './lib/folders.ts'
import { keep } from './lib/keep.ts'
import { PICTURES, pictures } from './lib/pictures.ts'
import { run } from './lib/run.ts'

run(async () => {
  const { root, rules, dialogs, check } = foldersFrom(process.argv.slice(2))
  const files = await pictures(rules, dialogs)
  return keep({ root, files, only: PICTURES, command: 'npm run map' }, check)
})
