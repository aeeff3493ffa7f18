import { z } from 'zod'
import { AppError } from '../../../errors.ts'
import type { Language } from '../../../language.ts'
import { MILESTONES, type Milestone } from '../../../interview/following/milestones.ts'
import { parseFile, readYamlFile, type YamlFile } from '../../../rules/read.ts'
import { textSchema } from '../../../rules/schema.ts'
import { checkNames, fill } from '../../../rendering/fill.ts'
import { normalise } from '../../../understanding/normalise.ts'
import { FOLLOWING_PHRASES, type FollowingPhrase } from './phrase-ids.ts'

const words = z.array(z.string().min(1)).min(1)
export const FOLLOWING_COMMANDS = ['progress', 'retract', 'check', 'calendar', 'snippet'] as const
export type FollowingCommand = (typeof FOLLOWING_COMMANDS)[number]

const milestone = z.strictObject({
  label: textSchema,
  /** Said when it was noted; `{day}` is filled in. */
  noted: textSchema,
  /** How people tell it, as a whole message; what surrounds it stands in `around`. */
  says: words,
})

const file = z.strictObject({
  milestones: z.strictObject(
    Object.fromEntries(MILESTONES.map((id) => [id, milestone])) as Record<Milestone, typeof milestone>,
  ),
  commands: z.strictObject(
    Object.fromEntries(FOLLOWING_COMMANDS.map((id) => [id, words])) as Record<FollowingCommand, typeof words>,
  ),
  cases: z.strictObject({ issue: words, export: words, resume: words }),
  around: z.strictObject({ before: words, after: words, latin: words }),
  questions: words,
  /** Words by which a pasted text shows that it comes from a reviewer. */
  returned: words,
  number: words,
  snippet: z.strictObject({ copyright: z.string().includes('{name}'), badge: z.string().min(1) }),
  phrases: z.strictObject(
    Object.fromEntries(FOLLOWING_PHRASES.map((id) => [id, textSchema])) as Record<
      FollowingPhrase,
      typeof textSchema
    >,
  ),
})
type File = z.infer<typeof file>

/** `dialogs/following.yaml`, with what is told and asked for as one map from evened-out words. */
export interface FollowingWords extends File {
  readonly told: ReadonlyMap<string, Milestone>
  readonly asked: ReadonlyMap<string, FollowingCommand>
}

/** Throws AppError `dialogs-invalid` for a missing file or word, or a word that means two things. */
export function loadFollowingWords(folder: string): FollowingWords {
  return buildFollowingWords(readYamlFile(folder, 'following.yaml', 'dialogs-invalid'))
}

export function buildFollowingWords(yaml: YamlFile): FollowingWords {
  const data = parseFile(file, yaml, 'dialogs-invalid')
  checkNames('following.yaml', data.phrases)
  const told = new Map<string, Milestone>()
  const asked = new Map<string, FollowingCommand>()
  const add = <T>(map: Map<string, T>, word: string, meaning: T) => {
    const core = coreOf(data, word)
    const other = told.get(core) ?? asked.get(core)
    if (core === '' || (other !== undefined && other !== meaning))
      throw invalid(
        word,
        `following.yaml: "${word}" means two things, or nothing`,
        'Keep it in one list only.',
      )
    map.set(core, meaning)
  }
  for (const id of MILESTONES) {
    const { says, label } = data.milestones[id]
    for (const word of [...says, label['zh-CN'], label.en]) add(told, word, id)
  }
  for (const id of FOLLOWING_COMMANDS) for (const word of data.commands[id]) add(asked, word, id)
  return { ...data, told, asked }
}

/**
 * What is left of a sentence without the words that surround a milestone ("I have … today", "…了"), so that only
 * a whole message counts: "not approved" and "is it approved" leave something else.
 */
export function coreOf({ around }: Pick<File, 'around'>, text: string): string {
  const latin = new Set(around.latin)
  let core = normalise(text)
    .replace(/[,，、;；:：.。!！~()（）"“”]+/g, ' ')
    .split(' ')
    .filter((word) => word !== '' && !latin.has(word))
    .join(' ')
    .replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '')
  for (let before = ''; before !== core;) {
    before = core
    const start = around.before.find((word) => core.startsWith(word) && core !== word)
    if (start !== undefined) core = core.slice(start.length)
    const end = around.after.find((word) => core.endsWith(word) && core !== word)
    if (end !== undefined) core = core.slice(0, -end.length)
  }
  return core.trim()
}

export function sayFollowing(
  { phrases }: FollowingWords,
  language: Language,
  id: FollowingPhrase,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return fill(phrases[id][language], values)
}

function invalid(subject: string, detail: string, remedy: string): AppError {
  return new AppError('dialogs-invalid', { subject, detail, remedy })
}
