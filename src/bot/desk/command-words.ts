import { z } from 'zod'
import { AppError } from '../../errors.ts'
import type { Language, Text } from '../../language.ts'
import { checkNames, fill } from '../../rendering/fill.ts'
import { parseFile, type YamlFile } from '../../rules/read.ts'
import { textSchema } from '../../rules/schema.ts'
import { editDistance } from '../../understanding/closeness.ts'

/** Commands of staff in both languages, and what is answered to them. */
export interface CommandWords<Command extends string, Phrase extends string> {
  readonly commands: Readonly<Record<Command, readonly string[]>>
  /** Word and command, longest first. */
  readonly spoken: readonly (readonly [word: string, command: Command])[]
  readonly phrases: Readonly<Record<Phrase, Text>>
}

/** A command as it was typed. */
export interface Commanded<Command extends string> {
  readonly command: Command
  readonly rest: string
  /** False where the word was misspelt, or runs into what follows: then it counts only with what fits it. */
  readonly sure: boolean
}

const file = z.strictObject({
  commands: z.record(z.string(), z.array(z.string().min(2)).min(1)),
  phrases: z.record(z.string(), textSchema),
})

/** @throws AppError dialogs-invalid for a missing or unknown name, or a word that stands for two commands */
export function buildCommandWords<Command extends string, Phrase extends string>(
  yaml: YamlFile,
  commands: readonly Command[],
  phrases: readonly Phrase[],
): CommandWords<Command, Phrase> {
  const data = parseFile(file, yaml, 'dialogs-invalid')
  checkNames(yaml.path, data.phrases)
  const words = named(yaml, data.commands, commands)
  const spoken = commands
    .flatMap((command) => words[command].map((word) => [word, command] as const))
    .sort(([a], [b]) => b.length - a.length)
  const twice = spoken.find(([word], at) => spoken.findIndex(([other]) => other === word) !== at)
  if (twice) throw invalid(yaml, twice[0], 'stands for two commands')
  return { commands: words, spoken, phrases: named(yaml, data.phrases, phrases) }
}

function named<Name extends string, Value>(
  yaml: YamlFile,
  all: Readonly<Record<string, Value>>,
  names: readonly Name[],
): Readonly<Record<Name, Value>> {
  const known: readonly string[] = names
  const stranger = Object.keys(all).find((name) => !known.includes(name))
  if (stranger !== undefined) throw invalid(yaml, stranger, 'is known to nothing')
  const pairs = names.map((name) => {
    const value = all[name]
    if (value === undefined) throw invalid(yaml, name, 'is missing')
    return [name, value] as const
  })
  return Object.fromEntries(pairs) as Record<Name, Value>
}

function invalid({ path }: YamlFile, subject: string, problem: string): AppError {
  return new AppError('dialogs-invalid', {
    subject,
    detail: `${path}: "${subject}" ${problem}`,
    remedy: 'Each name once, and each word for one command only.',
  })
}

/** The command a message begins with; a slip in a longer word is forgiven. */
export function readCommandWord<Command extends string>(
  { spoken }: Pick<CommandWords<Command, never>, 'spoken'>,
  text: string,
): Commanded<Command> | undefined {
  const said = text
    .normalize('NFKC')
    .replace(/^[\s/]+/, '')
    .trim()
  const low = said.toLowerCase()
  for (const [word, command] of spoken) {
    if (!low.startsWith(word)) continue
    const rest = said.slice(word.length)
    const apart = rest === '' || /^[\s:：]/.test(rest)
    if (!apart && !HAN.test(word.slice(-1)) && !HAN.test(rest.slice(0, 1))) continue
    return { command, rest: rest.replace(/^[\s:：]+/, ''), sure: apart }
  }
  const [first = ''] = low.split(/[\s:：]/)
  const near = new Set(spoken.filter(([word]) => isNear(word, first)).map(([, command]) => command))
  const [only, ...others] = near
  if (only === undefined || others.length > 0) return undefined
  return { command: only, rest: said.slice(first.length).replace(/^[\s:：]+/, ''), sure: false }
}

/** The language of what was said: Chinese where it holds any, English where it holds words besides ids. */
export function languageSaid(rest: string, whole: string, otherwise: Language): Language {
  if (HAN.test(whole)) return 'zh-CN'
  return /(?<![\w.-])[a-z]{2,}(?![\w.-])/i.test(rest) ? 'en' : otherwise
}

/** A word of a command in a language, for buttons and examples. */
export function wordFor(words: readonly string[], language: Language): string {
  return words.find((word) => HAN.test(word) === (language === 'zh-CN')) ?? words[0] ?? ''
}

export function sayWords<Phrase extends string>(
  { phrases }: Pick<CommandWords<never, Phrase>, 'phrases'>,
  language: Language,
  id: Phrase,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return fill(phrases[id][language], values)
}

const HAN = /\p{Script=Han}/u

/** Shorter words are too near to too many others. */
function isNear(word: string, said: string): boolean {
  if (word.length < 4 || said.length < 3) return false
  return editDistance(word, said, word.length < 8 ? 1 : 2) <= (word.length < 8 ? 1 : 2)
}
