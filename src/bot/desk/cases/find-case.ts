import { caseSchema } from '../../../interview/case.ts'
import type { Composing } from '../../../rendering/compose/context.ts'
import { hide } from '../../../trust/scope.ts'
import { caseKey } from '../../keys.ts'
import { personalValues } from '../../personal-values.ts'
import { dayInShanghai } from '../../today.ts'
import { resolveCase } from '../../turn/brain.ts'
import { languageSaid } from '../command-words.ts'
import type { StaffSaid } from '../handoff-desk.ts'
import type { CaseDeskOptions, Looking } from './looking.ts'

/** What stands where a code would: one, nothing at all, or other words. */
export interface TypedCode {
  readonly code: string | undefined
  readonly rest: string
}

const CASE_CODE = /^[0-9a-z]{4}[-－\s]?[0-9a-z]{4}(?![0-9a-z-])/i
const HANDOFF_ID = /^#?[0-9a-z]{5}(?![0-9a-z-])/i

/** Only what has the shape of a code and could not be a word counts: with a digit, or in capitals. */
export function readCode(text: string): TypedCode {
  const found = [CASE_CODE, HANDOFF_ID].map((shape) => shape.exec(text)?.[0]).find(looksLikeCode)
  return { code: found, rest: found === undefined ? text : text.slice(found.length).trim() }
}

function looksLikeCode(text: string | undefined): boolean {
  return text !== undefined && (/\d/.test(text) || text === text.toUpperCase())
}

/** The case of a code or of a hand-off's number. Undefined for what names none, whatever comes near to it. */
export async function findCase(
  options: CaseDeskOptions,
  said: StaffSaid,
  { code, rest }: TypedCode & { readonly code: string },
): Promise<Looking | undefined> {
  const { codes, handoffs, store, brain, clock, language: usual } = options
  const caseId = (await codes.find(code)) ?? (await handoffs.byId(code))?.caseId
  const found = caseId === undefined ? undefined : await store.documents.get(caseKey(caseId))
  if (caseId === undefined || !found) return undefined
  const current = caseSchema.parse(found.value)
  hide(() => personalValues(brain.dialogs, current))
  const now = clock()
  const asOf = dayInShanghai(now)
  const language = languageSaid('', said.text, usual)
  const { book, dialogs, phrases, preCheck } = brain
  const { values } = brain.following
  const on: Composing = { book, dialogs, phrases, language, values, preCheck }
  const resolution = resolveCase(brain, current.answers, asOf)
  return {
    options,
    said,
    caseId,
    code: code.toUpperCase(),
    current,
    resolution,
    rest,
    language,
    on,
    now,
    asOf,
  }
}

/** The number of the hand-off that somebody holds in this very chat, so that nothing need be typed there. */
export async function heldHere({ handoffs }: CaseDeskOptions, said: StaffSaid): Promise<string | undefined> {
  const { channel, tenant, user } = said.staff
  const [only, ...others] = (await handoffs.open()).filter(
    ({ owner, desk }) =>
      owner?.channel === channel &&
      owner.tenant === tenant &&
      owner.user === user &&
      desk?.conversation === said.desk.conversation,
  )
  return others.length === 0 ? only?.id : undefined
}
