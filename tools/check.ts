import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildForm } from '../src/interview/dossier/form.ts'
import { proveForm } from '../src/interview/dossier/prove-form.ts'
import { proveChecklist } from '../src/interview/checklist.ts'
import { buildFollowingBook } from '../src/interview/following/book.ts'
import { buildPreCheckKit } from '../src/interview/pre-check/kit.ts'
import { provePreCheck } from '../src/interview/pre-check/prove-pre-check.ts'
import { readDialogs, walkDialogs } from '../src/interview/proof/prove.ts'
import { differenceFrom, snapshotOf } from '../src/interview/proof/snapshot.ts'
import { parseTexts, type Texts } from '../src/rules/proof/files.ts'
import type { Problem } from '../src/rules/proof/problem.ts'
import { proveRules } from '../src/rules/proof/prove.ts'
import { buildValueBook } from '../src/rules/values/value-book.ts'
import { differenceText, problemText } from './check/report.ts'

/**
 * `npm run check`: proves that rules and dialogs hang together, and compares the paths with the kept snapshot.
 * `npm run check -- --update` writes the snapshot anew, as of today. Exit code 1 when anything is wrong.
 */
const ROOT = join(import.meta.dirname, '..')
const SNAPSHOT = join(ROOT, 'test/proof/snapshots/paths.txt')
const update = process.argv.includes('--update')

function main(): number {
  const kept = keptSnapshot()
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date())
  const rules = proveRules(parseTexts(textsIn('rules'), 'rules'), today)
  const book = rules.subject?.book
  const { read, problems } = readDialogs(parseTexts(textsIn('dialogs'), 'dialogs'), book)
  const faults = [...rules.problems, ...problems]
  if (!book || !read || !rules.walkable || count(problems) > 0)
    return report(faults, 'The paths through the dialogs were not walked: mend these first.')

  faults.push(...proveForm(buildForm(rules.subject.files), book, read.dialogs))
  const { files } = rules.subject
  const values = buildValueBook(files)
  const { rejections } = buildFollowingBook(files, book)
  const kit = buildPreCheckKit(files, { book, values, rejections })
  faults.push(...proveChecklist(kit.papers, book), ...provePreCheck(kit, read.dialogs))
  if (count(faults) > 0)
    return report(faults, 'The paths through the dialogs were not walked: mend these first.')

  // The walk uses the snapshot's day, so that the same files give the same lines on every day.
  const asOf = update ? today : (kept?.asOf ?? today)
  const walk = walkDialogs(book, read, asOf)
  const snapshot = snapshotOf(book, read.dialogs, walk.graphs, asOf)
  const all = [...faults, ...walk.problems, ...snapshot.problems]
  if (count(all) > 0) return report(all, 'The snapshot of paths was not compared: mend these first.')

  report(all)
  if (update) keep(asOf, snapshot.lines)
  const difference = update ? undefined : differenceFrom(kept?.lines ?? [], snapshot.lines)
  if (difference) {
    console.error(differenceText(difference))
    return 1
  }
  const rows = [...book.tables.values()].reduce((sum, { rows }) => sum + rows.length, 0)
  console.log(
    [
      `${book.facts.size} facts, ${book.conflicts.size} conflicts and ${book.sources.size} sources, ${book.provinces.size} regions`,
      `${book.tables.size} tables with ${rows} rows, ${rules.cases} classes of cases`,
      `${kit.rules.rules.length} rules of the pre-check, each with an example that sets it off and one that mends it`,
      `${read.dialogs.questions.size} questions, ${(walk.graphs[0]?.root.paths ?? 0).toLocaleString('en')} paths, each with ${new Set(walk.graphs.map(({ table }) => table.id)).size} tables`,
      `${snapshot.lines.length} lines of the snapshot as of ${asOf}${update ? ', written' : ', all as kept'}`,
      `${Math.round(process.cpuUsage().user / 1e6)} s of processor time. All is well.`,
    ].join('\n'),
  )
  return 0
}

function report(problems: readonly Problem[], closing?: string): number {
  const text = problemText(problems)
  if (text) console.error(text)
  if (closing) console.error(`\n${closing}`)
  return count(problems) > 0 ? 1 : 0
}

function count(problems: readonly Problem[]): number {
  return problems.filter(({ note }) => !note).length
}

function textsIn(folder: string): Texts {
  return new Map(
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => [name.replaceAll('\\', '/'), readFileSync(join(ROOT, folder, name), 'utf8')]),
  )
}

function keptSnapshot(): { asOf: string; lines: readonly string[] } | undefined {
  if (!existsSync(SNAPSHOT)) return undefined
  const [head = '', ...lines] = readFileSync(SNAPSHOT, 'utf8').split('\n')
  const asOf = /\d{4}-\d{2}-\d{2}/.exec(head)?.[0]
  return asOf === undefined
    ? undefined
    : { asOf, lines: lines.filter((line) => line !== '' && !line.startsWith('#')) }
}

function keep(asOf: string, lines: readonly string[]): void {
  const head = [
    `# What the rules say as of ${asOf}, one line per class of paths: answers that differ from the plain case → results.`,
    '# Written by `npm run check -- --update`; read the differences in review. `?` = possible, not certain.',
  ]
  mkdirSync(dirname(SNAPSHOT), { recursive: true })
  writeFileSync(SNAPSHOT, `${[...head, ...lines].join('\n')}\n`)
}

process.exitCode = main()
