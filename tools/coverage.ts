/** `npm run coverage [-- --check]`: writes docs/coverage.md, or fails when it is out of date. */
import { loadRuleBook } from '../src/rules/rulebook.ts'
import { coveragePage } from './lib/coverage-page.ts'
import { foldersFrom } from './lib/folders.ts'
import { keep } from './lib/keep.ts'
import { run } from './lib/run.ts'

run(async () => {
  const { root, rules, check } = foldersFrom(process.argv.slice(2))
  const files = new Map([['docs/coverage.md', await coveragePage(loadRuleBook(rules))]])
  return keep({ root, files, command: 'npm run coverage' }, check)
})
