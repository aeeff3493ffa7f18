import type { Dialogs } from '../interview/dialogs.ts'
import type { Language } from '../language.ts'
import type { CommandWord, Lexicon } from './lexicon.ts'
import { bare, normalise } from './normalise.ts'

export type Command =
  | { readonly kind: CommandWord }
  | { readonly kind: 'language'; readonly language: Language }
  /** `question` undefined: it was not said which, or it fits several, which `fits` names. */
  | { readonly kind: 'edit'; readonly question: string | undefined; readonly fits?: readonly string[] }

/** Reads a message that is a command as a whole, in either language whatever the case's; undefined otherwise. */
export function readCommand(lexicon: Lexicon, dialogs: Dialogs, text: string): Command | undefined {
  // "?" alone is a call for help, so the ending question mark is tried both ways.
  const asked = text.trim().normalize('NFKC').toLowerCase()
  const said = bare(text)
  const command = lexicon.commands.get(said) ?? lexicon.commands.get(asked)
  if (command) return { kind: command }
  const language = lexicon.languages.get(said)
  if (language) return { kind: 'language', language }
  return readEdit(lexicon, dialogs, said)
}

function readEdit(lexicon: Lexicon, dialogs: Dialogs, said: string): Command | undefined {
  const word = lexicon.edit.find((candidate) => said.startsWith(candidate))
  if (!word) return undefined
  const rest = said.slice(word.length)
  // "changed my mind" is not "change …": a Latin word must end where the command ends.
  if (/^[a-z]/.test(rest) && /[a-z]$/.test(word)) return undefined
  const about = bare(rest.replace(/^\s*(the|my|to|一下)\s*/, ' '))
  if (about === '') return { kind: 'edit', question: undefined }
  const questions = [...dialogs.questions.values()]
  const found = questions.filter((question) =>
    [question.id, question.label['zh-CN'], question.label.en].some((label) => normalise(label) === about),
  )
  const loose = questions.filter((question) =>
    [question.label['zh-CN'], question.label.en].some((label) => normalise(label).includes(about)),
  )
  const [only, ...others] = found.length > 0 ? found : loose
  if (only && others.length === 0) return { kind: 'edit', question: only.id }
  // Words that name no question ("改天再说") are left to be read as something else.
  const fits = (found.length > 0 ? found : loose).map(({ id }) => id)
  return fits.length > 0 ? { kind: 'edit', question: undefined, fits } : undefined
}
