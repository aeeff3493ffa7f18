import { randomInt } from 'node:crypto'
import { z } from 'zod'
import type { Language } from '../../language.ts'
import { asJson } from '../../store/as-json.ts'
import type { Store } from '../../store/port.ts'
import { changeDocument, removeDocument } from '../change-document.ts'
import { turnId } from '../keys.ts'
import { OWNERSHIP, type Ownership, type OwnershipEvent, type Transition } from './ownership.ts'
import {
  handoffSchema,
  lineSchema,
  type DeskPlace,
  type Handoff,
  type HandoffReason,
  type Pending,
  type StaffMember,
  type TranscriptLine,
} from './record.ts'

/** What comes with an event; what an event does not bring stays as it is. */
export interface EventDetails {
  readonly now: Date
  readonly place?: Handoff['place']
  readonly language?: Language
  readonly reason?: HandoffReason
  readonly staff?: StaffMember
  readonly desk?: DeskPlace
  readonly rating?: number
  /** Handed to the effects. */
  readonly data?: Readonly<Record<string, string>>
  /** The same event again, by this id, changes nothing. */
  readonly id?: string
}

export type Applied =
  | {
      readonly ok: true
      readonly handoff: Handoff
      readonly before: Handoff | undefined
      /** It was taken before, and came again. */
      readonly again?: true
    }
  /** The event means nothing in this state: somebody was faster, or it is over. */
  | { readonly ok: false; readonly handoff: Handoff | undefined }

const indexSchema = z.object({ caseId: z.string() })
const openSchema = z.object({ caseIds: z.array(z.string()) })
const OPEN_KEY = 'handoffs-open'
/** What the owner alone may do: looked at with the change, since a colleague may take over at the same moment. */
const OWNERS: readonly OwnershipEvent[] = ['staff-said', 'release', 'close']
/** Ids of events that are remembered: more than come in while a channel may still deliver one again. */
const MOST_TAKEN = 60
/** Lines kept for whoever claims; the transcript has them all. */
const MOST_HEARD = 30
/** No character looks like another. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * The hand-offs that are kept: one for each case, changed by compare-and-set along the table of ownership. A claim has
 * one winner. Effects are kept with the change itself until they are carried out.
 */
export class Handoffs {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  async get(caseId: string): Promise<Handoff | undefined> {
    const found = await this.#store.documents.get(handoffKey(caseId))
    return found && handoffSchema.parse(found.value)
  }

  /** By what staff call it, in any case and with or without a mark before it. */
  async byId(typed: string): Promise<Handoff | undefined> {
    const found = await this.#store.documents.get(idKey(plainId(typed)))
    const handoff = found && (await this.get(indexSchema.parse(found.value).caseId))
    return handoff?.id === plainId(typed) ? handoff : undefined
  }

  /** Those that are not over, longest waiting first. */
  async open(): Promise<readonly Handoff[]> {
    const found = await this.#store.documents.get(OPEN_KEY)
    const ids = found ? openSchema.parse(found.value).caseIds : []
    const all = await Promise.all(ids.map((caseId) => this.get(caseId)))
    return all.flatMap((one) => one ?? []).sort((a, b) => a.askedAt - b.askedAt)
  }

  /** Takes an event, if it means anything in the state the hand-off is in. */
  async apply(caseId: string, event: OwnershipEvent, details: EventDetails): Promise<Applied> {
    const fresh = await this.#freshId(caseId, event)
    let outcome: Applied | undefined
    await changeDocument(this.#store, handoffKey(caseId), (value) => {
      const before = value === undefined ? undefined : handoffSchema.parse(value)
      const state = before?.state ?? 'bot'
      if (before && details.id !== undefined && before.taken.includes(takenId(event, details.id))) {
        outcome = { ok: true, handoff: before, before, again: true }
        return value
      }
      const transition = OWNERSHIP[state][event]
      const base = before ?? startOf(caseId, fresh, details)
      const foreign = OWNERS.includes(event) && details.staff && !sameStaff(before?.owner, details.staff)
      if (!transition || !base || foreign) {
        outcome = { ok: false, handoff: before }
        return value
      }
      const handoff = changed(base, transition, event, details)
      outcome = { ok: true, handoff, before }
      return asJson(handoff)
    })
    const result = outcome ?? { ok: false, handoff: undefined }
    if (result.ok) await this.#index(result.handoff)
    return result
  }

  /** The effect was carried out. */
  async done(caseId: string, pendingId: string): Promise<void> {
    await changeDocument(this.#store, handoffKey(caseId), (value) => {
      if (value === undefined) return value
      const current = handoffSchema.parse(value)
      return asJson({ ...current, pending: current.pending.filter(({ id }) => id !== pendingId) })
    })
  }

  async note(handoffId: string, id: string, line: TranscriptLine): Promise<void> {
    await this.#store.logs.append(transcriptLog(handoffId), [{ id, value: asJson(line) }])
  }

  async transcript(handoffId: string, limit = 200): Promise<readonly TranscriptLine[]> {
    const last = await this.#store.logs.last(transcriptLog(handoffId))
    const entries = await this.#store.logs.read(transcriptLog(handoffId), Math.max(0, last - limit), limit)
    return entries.map(({ value }) => lineSchema.parse(value))
  }

  /** What was said under a consent that is withdrawn. The hand-off goes on, with whoever has it. */
  async forgetSaid(caseId: string): Promise<void> {
    const handoff = await this.get(caseId)
    if (!handoff) return
    await changeDocument(this.#store, handoffKey(caseId), (value) => {
      if (value === undefined) return value
      const current = handoffSchema.parse(value)
      return asJson({ ...current, heard: [], pending: current.pending.flatMap(withoutSaid) })
    })
    await this.#store.logs.remove(transcriptLog(handoff.id))
  }

  /** Everything of a case that is deleted. */
  async forget(caseId: string): Promise<void> {
    const handoff = await this.get(caseId)
    if (!handoff) return
    await this.#store.logs.remove(transcriptLog(handoff.id))
    await removeDocument(this.#store, idKey(handoff.id))
    await removeDocument(this.#store, handoffKey(caseId))
    await this.#listed(caseId, false)
  }

  /** The id a hand-off would begin with; taken only where one begins. */
  async #freshId(caseId: string, event: OwnershipEvent): Promise<string | undefined> {
    if (event !== 'ask' && event !== 'ask-away') return undefined
    if ((await this.get(caseId)) !== undefined) return undefined
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const id = Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
      const { ok } = await this.#store.documents.put([{ key: idKey(id), expected: 0, value: { caseId } }])
      if (ok) return id
    }
    return undefined
  }

  async #index({ id, caseId, state }: Handoff): Promise<void> {
    await changeDocument(this.#store, idKey(id), () => ({ caseId }))
    await this.#listed(caseId, state === 'requested' || state === 'queued' || state === 'assigned')
  }

  async #listed(caseId: string, listed: boolean): Promise<void> {
    await changeDocument(this.#store, OPEN_KEY, (value) => {
      const { caseIds } = openSchema.parse(value ?? { caseIds: [] })
      if (caseIds.includes(caseId) === listed) return asJson({ caseIds })
      return asJson({ caseIds: listed ? [...caseIds, caseId] : caseIds.filter((one) => one !== caseId) })
    })
  }
}

function startOf(caseId: string, id: string | undefined, details: EventDetails): Handoff | undefined {
  const { place, language, now, reason = 'asked' } = details
  if (id === undefined || !place || !language) return undefined
  return {
    id,
    caseId,
    place,
    language,
    state: 'bot',
    reason,
    askedAt: now.getTime(),
    turn: 0,
    heard: [],
    taken: [],
    pending: [],
  }
}

function changed(
  base: Handoff,
  { to, effects }: Transition,
  event: OwnershipEvent,
  details: EventDetails,
): Handoff {
  const now = details.now.getTime()
  const turn = base.turn + 1
  const began = event === 'ask' || event === 'ask-away'
  const anew = began && to !== base.state && (base.state === 'bot' || base.endedAt !== undefined)
  const ended = to === 'released' || to === 'closed' || to === 'bot'
  return {
    ...(anew ? cleared(base) : base),
    ...(details.place === undefined ? {} : { place: details.place }),
    ...(details.language === undefined ? {} : { language: details.language }),
    ...(began && details.reason !== undefined ? { reason: details.reason } : {}),
    ...(anew ? { askedAt: now } : {}),
    ...(event === 'claim' || event === 'transfer'
      ? { owner: details.staff ?? base.owner, desk: details.desk ?? base.desk }
      : {}),
    ...(event === 'claim' ? { claimedAt: now } : {}),
    ...(event === 'staff-said' && base.firstReplyAt === undefined ? { firstReplyAt: now } : {}),
    ...(ended ? { endedAt: now } : {}),
    ...(details.rating === undefined ? {} : { rating: details.rating }),
    state: to,
    turn,
    heard: heardAfter(anew ? [] : base.heard, to, event, details),
    ...(details.id === undefined
      ? {}
      : { taken: [...base.taken, takenId(event, details.id)].slice(-MOST_TAKEN) }),
    pending: [
      ...base.pending,
      ...effects.map((effect) => ({
        id: `${details.id ?? turn}:${effect}`,
        effect,
        data: { ...details.data, ...(base.state === 'assigned' ? { owned: 'yes' } : {}) },
        ...(event === 'claim' && effect === 'tell-staff-claimed' ? { lines: base.heard } : {}),
      })),
    ],
  }
}

/**
 * What is said while nobody has the conversation is kept with the change itself, and goes to whoever claims with the
 * claim: said at the same moment, it is neither missed nor shown twice.
 */
function heardAfter(
  heard: readonly string[],
  to: Ownership,
  event: OwnershipEvent,
  { data }: EventDetails,
): string[] {
  if (to !== 'requested' && to !== 'queued') return []
  const said =
    event === 'applicant-said' || event === 'ask' || event === 'ask-away' ? data?.['said'] : undefined
  return [...heard, ...(said === undefined ? [] : [said])].slice(-MOST_HEARD)
}

/** An effect without anybody's words. One that is nothing but words goes: an empty line would be passed on. */
function withoutSaid({ id, effect, data }: Pending): readonly Pending[] {
  if (effect === 'forward-to-staff' || effect === 'forward-to-applicant') return []
  const kept = Object.fromEntries(Object.entries(data).filter(([key]) => key !== 'said'))
  // Lines that are there, though none, keep whoever claims from being shown the transcript instead.
  return [{ id, effect, data: kept, ...(effect === 'tell-staff-claimed' ? { lines: [] } : {}) }]
}

function takenId(event: OwnershipEvent, id: string): string {
  return turnId(`${event}\n${id}`)
}

/** Without what belonged to the hand-off before. */
function cleared(base: Handoff): Handoff {
  const copy = { ...base }
  delete copy.owner
  delete copy.desk
  delete copy.claimedAt
  delete copy.firstReplyAt
  delete copy.endedAt
  delete copy.rating
  return copy
}

export function sameStaff(one: StaffMember | undefined, other: StaffMember): boolean {
  return one?.channel === other.channel && one.tenant === other.tenant && one.user === other.user
}

export function plainId(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .slice(0, 12)
}

const handoffKey = (caseId: string): string => `handoff:{${caseId}}`
const idKey = (id: string): string => `handoff-id:{${id}}`
const transcriptLog = (id: string): string => `handoff-log:{${id}}`
