import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { readDialogs } from '../../src/interview/proof/prove.ts'
import { parseTexts, type Parsed, type Texts } from '../../src/rules/proof/files.ts'
import type { Problem } from '../../src/rules/proof/problem.ts'
import { proveRules, type RulesProof } from '../../src/rules/proof/prove.ts'

export const TODAY = '2026-11-24'

const kept = new Map<string, Texts>()

/** The files of a folder, read once. */
export function textsIn(folder: string): Texts {
  const texts = kept.get(folder) ?? readTexts(folder)
  kept.set(folder, texts)
  return texts
}

function readTexts(folder: string): Texts {
  const root = new URL(`../../${folder}`, import.meta.url).pathname
  return new Map(
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => [name, readFileSync(join(root, name), 'utf8')]),
  )
}

/** Changes one file's text; undefined removes the file. */
export type Edit = (text: string) => string | undefined

/** Replaces the first place that fits, and complains when there is none: a break that breaks nothing proves nothing. */
export function replace(what: string | RegExp, by: string): Edit {
  return (text) => {
    const next = text.replace(what, by)
    if (next === text) throw new TypeError(`nothing in the file fits ${String(what)}`)
    return next
  }
}

/** Removes the list entry with that id (or value). */
export function removeEntry(id: string): Edit {
  return (text) => {
    const { before, after } = around(text, id)
    return [...before, ...after].join('\n')
  }
}

/** Changes the list entry with that id only. */
export function within(id: string, edit: Edit): Edit {
  return (text) => {
    const { before, entry, after } = around(text, id)
    return [...before, edit(entry.join('\n')) ?? '', ...after].join('\n')
  }
}

/** Puts a changed copy of an entry behind it. */
export function copied(id: string, edit: Edit): Edit {
  return (text) => {
    const { before, entry, after } = around(text, id)
    return [...before, ...entry, edit(entry.join('\n')) ?? '', ...after].join('\n')
  }
}

function around(text: string, id: string): Record<'before' | 'entry' | 'after', readonly string[]> {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => [`- id: ${id}`, `- value: ${id}`].includes(line.trim()))
  if (start < 0) throw new TypeError(`there is no entry ${id}`)
  const indent = lines[start]?.search(/\S/) ?? 0
  const length = lines.slice(start + 1).findIndex((line) => line.trim() !== '' && line.search(/\S/) <= indent)
  const end = length < 0 ? lines.length : start + 1 + length
  return { before: lines.slice(0, start), entry: lines.slice(start, end), after: lines.slice(end) }
}

const rules = parseTexts(textsIn('rules'), 'rules')
const dialogs = parseTexts(textsIn('dialogs'), 'dialogs')
const sound = proveRules(rules, TODAY)
const soundDialogs = readDialogs(dialogs, sound.subject?.book)

/** Proves rules with one file changed. Only what the break brought about is returned. */
export function breakRules(path: string, edit: Edit): readonly Problem[] {
  return fresh(rulesWith(path, edit).problems, sound.problems)
}

export function rulesWith(path: string, edit: Edit): RulesProof {
  return proveRules(changed(rules, 'rules', path, edit), TODAY)
}

export function breakDialogs(path: string, edit: Edit): readonly Problem[] {
  return fresh(dialogsWith(path, edit).problems, soundDialogs.problems)
}

export function dialogsWith(path: string, edit: Edit): ReturnType<typeof readDialogs> {
  return readDialogs(changed(dialogs, 'dialogs', path, edit), sound.subject?.book)
}

export const soundBook = sound.subject?.book

function changed(parsed: Parsed, folder: string, path: string, edit: Edit): Parsed {
  const next = edit(textsIn(folder).get(path) ?? '')
  const own = next === undefined ? { files: [], problems: [] } : parseTexts(new Map([[path, next]]), folder)
  const files = parsed.files.filter((file) => file.path !== path)
  return {
    files: [...files, ...own.files].sort((a, b) => (a.path < b.path ? -1 : 1)),
    problems: own.problems,
  }
}

/** Problems and no notes that were not there before. */
export function fresh(after: readonly Problem[], before: readonly Problem[]): readonly Problem[] {
  const known = new Set(before.map((problem) => JSON.stringify(problem)))
  return after.filter((problem) => !known.has(JSON.stringify(problem)) && !problem.note)
}

interface Expected {
  readonly file: string
  readonly place?: string | RegExp
  readonly problem: RegExp
  readonly example?: RegExp
}

/** One of the problems is the one expected, and every one of them names file, place and remedy. */
export function expectProblem(
  problems: readonly Problem[],
  { file, place, problem, example }: Expected,
): void {
  for (const each of problems) {
    expect(each.file).toMatch(/^(rules|dialogs)/)
    expect(each.place).not.toBe('')
    expect(each.remedy.length).toBeGreaterThan(5)
  }
  const found = problems.find((each) => each.file === file && problem.test(each.problem))
  expect(found, `not among: ${JSON.stringify(problems.slice(0, 5), null, 1)}`).toBeDefined()
  if (place !== undefined) expect(found?.place).toMatch(place)
  if (example) expect(found?.example).toMatch(example)
}
