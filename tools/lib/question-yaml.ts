import { stringify } from 'yaml'
import type { Condition } from '../../src/rules/schema.ts'

export interface NewQuestion {
  readonly id: string
  readonly type: 'choice' | 'choices' | 'region' | 'field'
  /** Values of the options; none for a region or a field. */
  readonly values: readonly string[]
  readonly label: { readonly 'zh-CN': string; readonly en: string }
  /** What a typed answer has to be. */
  readonly field: string | undefined
  readonly unsure: boolean
  /** A typed answer may be left out. */
  readonly skip: boolean
  readonly when: Condition | undefined
}

/** Marks what a person has to write. */
const TODO = 'TODO'

/** The question as an item of a section's `questions`, well-formed and full of TODO. */
export function questionYaml({ id, values, label, field, unsure, skip, when }: NewQuestion): string {
  return [
    `  - id: ${id}`,
    `    label: ${both(label['zh-CN'], label.en)}`,
    `    ask: ${same('the question')}`,
    `    why: ${same('why it is asked')}`,
    `    facts: [${TODO}]`,
    ...(unsure ? [`    settle: ${same('how to find out')}`, '    unsure: true'] : []),
    ...(when ? [`    when: ${flow(when)}`] : []),
    ...(field === undefined ? [] : [`    field: ${field}`]),
    ...(skip ? ['    skip: true'] : []),
    ...(values.length === 0 ? [] : ['    options:', ...values.flatMap(optionLines)]),
    '',
  ].join('\n')
}

/** The key with its values, as an entry of `keys` in rules/keys.yaml. */
export function keyYaml({ id, type, values }: NewQuestion): string {
  return [
    `  ${id}:`,
    ...(type === 'choice' ? [] : [`    type: ${type}`]),
    ...(type === 'region' ? [] : [`    values: ${flow(values)}`]),
    '',
  ].join('\n')
}

function optionLines(value: string): readonly string[] {
  return [`      - value: ${flow(value)}`, `        label: ${same(value)}`, '        synonyms: []']
}

/** The same in both languages, which `npm run check` refuses: a forgotten TODO does not get far. */
function same(what: string): string {
  return both(`${TODO} ${what}`, `${TODO} ${what}`)
}

function both(chinese: string, english: string): string {
  return `{ zh-CN: ${JSON.stringify(chinese)}, en: ${JSON.stringify(english)} }`
}

/** On one line, quoted where YAML needs it. */
function flow(value: unknown): string {
  if (typeof value === 'string') return stringify(value, { lineWidth: 0 }).trim()
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trim()
}
