import type { SnapshotDifference } from '../../src/interview/proof/snapshot.ts'
import type { Problem } from '../../src/rules/proof/problem.ts'

const PER_FILE = 8
const NOTES = 3
const LINES = 12

/** Problems by file, each with its example and remedy; long lists end with how many there are more. */
export function problemText(problems: readonly Problem[]): string {
  const faults = problems.filter(({ note }) => !note)
  const notes = problems.filter(({ note }) => note)
  const files = [...new Set(faults.map(({ file }) => file))].sort()
  const blocks = files.map((file) => {
    const own = faults.filter((problem) => problem.file === file)
    const more = own.length > PER_FILE ? [`  and ${own.length - PER_FILE} more`] : []
    return [file, ...own.slice(0, PER_FILE).map(entry), ...more].join('\n')
  })
  const head =
    faults.length > 0
      ? [
          `${faults.length} ${faults.length === 1 ? 'problem' : 'problems'} in ${files.length} ${files.length === 1 ? 'file' : 'files'}`,
        ]
      : []
  const foot = notes.length > 0 ? [`Notes (nothing fails because of them): ${noted(notes)}`] : []
  return [...head, ...blocks, ...foot].join('\n\n')
}

function entry({ place, problem, example, remedy }: Problem): string {
  return [
    `  ${place}: ${problem}`,
    ...(example ? [`    for example: ${example}`] : []),
    `    → ${remedy}`,
  ].join('\n')
}

function noted(notes: readonly Problem[]): string {
  const kinds = [...new Set(notes.map(({ file, problem }) => `${file}: ${problem}`))]
  return kinds
    .map((kind) => {
      const places = notes
        .filter(({ file, problem }) => `${file}: ${problem}` === kind)
        .map(({ place }) => place)
      const more = places.length > NOTES ? ` and ${places.length - NOTES} more` : ''
      return `${kind} (${places.slice(0, NOTES).join(', ')}${more})`
    })
    .join('; ')
}

/** What changed in the snapshot of paths, and what to do about it. */
export function differenceText({ gone, added }: SnapshotDifference): string {
  const part = (sign: string, lines: readonly string[]) => [
    ...lines.slice(0, LINES).map((line) => `${sign} ${line}`),
    ...(lines.length > LINES ? [`${sign} … and ${lines.length - LINES} more`] : []),
  ]
  return [
    `The paths differ from test/proof/snapshots/paths.txt: ${gone.length} lines gone, ${added.length} new.`,
    ...part('-', gone),
    ...part('+', added),
    'If this is what the change should do, write the snapshot anew with `npm run check -- --update` and commit it.',
  ].join('\n')
}
