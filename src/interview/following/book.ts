import { z } from 'zod'
import { AppError } from '../../errors.ts'
import { fileNamed, parseFile, readYamlFolder, type YamlFile } from '../../rules/read.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import { textSchema } from '../../rules/schema.ts'
import { MILESTONES } from './milestones.ts'
import { buildRejections, type Rejection } from './rejections.ts'

const milestone = z.enum(MILESTONES)
const facts = z.array(z.string().min(1)).min(1)
const remind = z.array(
  z.union([
    z.strictObject({ days: z.number().int().min(-30).max(90) }),
    z.strictObject({ hours: z.number().int().min(0).max(48) }),
  ]),
)
export type Remind = z.infer<typeof remind>[number]

const deadline = z.strictObject({
  id: z.string().min(1),
  /** The latest of these that was reached is counted from. */
  after: z.array(milestone).min(1),
  /** Over when one of these was reached. */
  ends: z.array(milestone),
  within: z.union([
    z.strictObject({ workingDays: z.number().int().positive() }),
    z.strictObject({ hours: z.number().int().positive() }),
  ]),
  who: z.enum(['applicant', 'provider', 'administration']),
  title: textSchema,
  text: textSchema,
  facts,
  remind,
})
export type DeadlineRule = z.infer<typeof deadline>

/** `rules/following.yaml`. */
const followingFile = z.strictObject({
  deadlines: z.array(deadline).min(1),
  steps: z.partialRecord(milestone, facts),
  duties: z.record(z.string(), z.strictObject({ ends: z.array(milestone), remind })),
  footer: z.strictObject({
    link: z.url({ protocol: /^https$/ }),
    oldHosts: z.array(z.string().min(1)).min(1),
    openBefore: z.array(z.string().min(1)),
  }),
})

/** What the rules say about the time after submission, parsed and checked against the facts. */
export type FollowingBook = z.infer<typeof followingFile> & { readonly rejections: readonly Rejection[] }

/** Reads `following.yaml` and `rejections.yaml` below `rules/`. Throws AppError `rules-invalid`. */
export function loadFollowingBook(folder: string, book: RuleBook): FollowingBook {
  return buildFollowingBook(readYamlFolder(folder, 'rules-invalid'), book)
}

/** The same from files already read, paths relative to `rules/`. */
export function buildFollowingBook(files: readonly YamlFile[], book: RuleBook): FollowingBook {
  const single = (path: string) => fileNamed(files, path, 'rules-invalid')
  const following = parseFile(followingFile, single('following.yaml'), 'rules-invalid')
  const cited = [
    ...following.deadlines.flatMap((rule) => rule.facts),
    ...Object.values(following.steps).flat(),
  ]
  const unknown = cited.find((id) => !book.facts.has(id))
  if (unknown !== undefined)
    throw invalid(
      unknown,
      `following.yaml cites the fact "${unknown}", which is not there`,
      'Correct the id.',
    )
  const results = book.tables.get('obligations')?.results ?? {}
  const stray = Object.keys(following.duties).find((result) => !Object.hasOwn(results, result))
  if (stray !== undefined)
    throw invalid(
      stray,
      `following.yaml names the duty "${stray}", which the table lacks`,
      'Correct the name.',
    )
  return { ...following, rejections: buildRejections(single('rejections.yaml'), book) }
}

function invalid(subject: string, detail: string, remedy: string): AppError {
  return new AppError('rules-invalid', { subject, detail, remedy })
}
