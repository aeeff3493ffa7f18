import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, isPair, isScalar, isSeq, parseDocument } from 'yaml'
import { buildDialogs, loadDialogs } from '../../src/interview/dialogs.ts'
import { keysFile, type Key } from '../../src/rules/schema.ts'
import { parseFile } from '../../src/rules/read.ts'
import { loadRuleBook } from '../../src/rules/rulebook.ts'
import { keyYaml, questionYaml, type NewQuestion } from './question-yaml.ts'
import { UsageError } from './usage-error.ts'
import type { Say } from './words.ts'

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*(\.[a-z][a-z0-9]*(-[a-z0-9]+)*)+$/
const VALUE = /^[a-z0-9]+(-[a-z0-9]+)*$/

export interface Placement extends NewQuestion {
  readonly section: string
  /** Id of the question it comes after; the last of the section when absent. */
  readonly after: string | undefined
}

/**
 * Adds a question to its section and its key to rules/keys.yaml, leaving every other character of both files as it
 * is. Both files are parsed with their schemas before either is written. Returns the path of the section's file.
 * Throws UsageError for a wrong id or value, a question that exists, an unknown section or place.
 */
export function addQuestion(rules: string, dialogs: string, asked: Placement, say: Say): string {
  const wrong = (id: string, values: Readonly<Record<string, string>> = {}) => new UsageError(say(id, values))
  const known = loadDialogs(dialogs)
  const book = loadRuleBook(rules)
  if (!ID.test(asked.id)) throw wrong('question-bad-id', { word: asked.id })
  if (known.questions.has(asked.id)) throw wrong('question-exists', { word: asked.id })
  const sections = known.sections.map((section) => section.id)
  const section = known.sections.find((candidate) => candidate.id === asked.section)
  if (!section)
    throw wrong('question-section', { word: asked.section, possible: sections.join(say('comma')) })
  const places = section.questions.map((question) => question.id)
  if (asked.after !== undefined && !places.includes(asked.after))
    throw wrong('question-after', { word: asked.after, possible: places.join(say('comma')) })

  const declared = book.keys.get(asked.id)
  const question = declared ? { ...asked, type: declared.type, values: declaredValues(declared) } : asked
  const badValue = declared ? undefined : question.values.find((value) => !VALUE.test(value))
  if (badValue !== undefined) throw wrong('question-bad-value', { word: badValue })
  const typed = question.type === 'region' || question.type === 'field'
  if (!typed && new Set(question.values).size < 2) throw wrong('question-values')
  if (new Set(question.values).size < question.values.length) throw wrong('question-values-twice')

  const file = fileOfSection(dialogs, asked.section)
  const sectionText = readFileSync(join(dialogs, file), 'utf8')
  const newSection = insertAt(
    sectionText,
    endOfQuestion(sectionText, asked.after ?? places.at(-1)),
    questionYaml(question),
  )
  buildDialogs([{ path: file, content: parseDocument(newSection).toJS() as unknown }])

  const keysPath = join(rules, 'keys.yaml')
  const keysText = readFileSync(keysPath, 'utf8')
  // What is typed has no values for rules to ask about, so its key is not declared.
  const newKeys =
    declared || question.type === 'field'
      ? keysText
      : insertAt(keysText, endOfKeys(keysText), keyYaml(question))
  parseFile(
    keysFile,
    { path: 'keys.yaml', content: parseDocument(newKeys).toJS() as unknown },
    'rules-invalid',
  )

  writeFileSync(join(dialogs, file), newSection)
  if (newKeys !== keysText) writeFileSync(keysPath, newKeys)
  return file
}

/** A key that rules already ask about keeps its type and values. */
function declaredValues(key: Key): readonly string[] {
  return key.values ?? []
}

function fileOfSection(folder: string, section: string): string {
  const found = readdirSync(folder)
    .filter((name) => /^\d.*\.yaml$/.test(name))
    .find((name) => parseDocument(readFileSync(join(folder, name), 'utf8')).get('id') === section)
  if (found === undefined) throw new UsageError(`${folder}: ${section}`)
  return found
}

/** Offset just behind a question in the text of its section. */
function endOfQuestion(text: string, id: string | undefined): number {
  const questions = parseDocument(text).get('questions')
  const items = isSeq(questions) ? questions.items : []
  const found = items.find((item) => isMap(item) && item.get('id') === id)
  return isMap(found) ? (found.range?.[1] ?? text.length) : text.length
}

/** Offset just behind the last key in the text of rules/keys.yaml. */
function endOfKeys(text: string): number {
  const keys = parseDocument(text).get('keys')
  const last = isMap(keys) ? keys.items.at(-1) : undefined
  const value = isPair(last) ? last.value : undefined
  const range = isMap(value) || isScalar(value) ? value.range : undefined
  return range?.[1] ?? text.length
}

/** Puts lines in; what stands before and behind stays to the letter. */
function insertAt(text: string, offset: number, lines: string): string {
  const before = text.slice(0, offset).trimEnd()
  const behind = text.slice(before.length).replace(/^\s*?\n/, '')
  return `${before}\n${lines}${behind}`
}
